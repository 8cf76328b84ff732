package io.sluice.cdc.internal.binlog;

import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads names as UTF-8, which is what the server writes, and not as the platform has it. */
final class Utf8Input extends ByteArrayInputStream {
  Utf8Input(InputStream in) {
    super(in);
  }

  @Override
  public String readString(int length) throws IOException {
    return new String(read(length), StandardCharsets.UTF_8);
  }

  @Override
  public String readZeroTerminatedString() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int b = read(); b != 0; b = read()) {
      bytes.write(b);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
