package io.sluice.cdc.testkit.internal.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/** The checksums of files and of records: {@code crc32c:} and 8 hexadecimal digits. */
final class Crc {
  private static final Pattern AT_THE_END =
      Pattern.compile(",\"checksum\":\"(crc32c:[0-9a-f]{8})\"}$");
  private static final int BUFFER_BYTES = 1 << 16;

  private Crc() {}

  static String of(Path file) {
    CRC32C crc = new CRC32C();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        crc.update(buffer, 0, n);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The downloaded file " + file + " cannot be read", e);
    }
    return text(crc);
  }

  /** Whether a record ends with the checksum of what it would be without that checksum. */
  static boolean isIntact(byte[] record) {
    String text = new String(record, StandardCharsets.UTF_8);
    Matcher end = AT_THE_END.matcher(text);
    if (!end.find()) {
      return false;
    }
    CRC32C crc = new CRC32C();
    crc.update((text.substring(0, end.start()) + "}").getBytes(StandardCharsets.UTF_8));
    return text(crc).equals(end.group(1));
  }

  static String text(CRC32C crc) {
    return String.format(Locale.ROOT, "crc32c:%08x", crc.getValue());
  }
}
