package io.sluice.cdc.s3.internal.encode;

import io.sluice.cdc.event.ColumnVector;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.jspecify.annotations.Nullable;

/** Which rows of a page have a value: the definition levels of an optional column. */
final class Levels {
  private int rows;
  private int nulls;
  private @Nullable RunLengthBitPackingHybridEncoder encoder;

  void append(ColumnVector vector, int from, int to) throws IOException {
    if (encoder == null && !vector.hasNulls()) {
      rows += to - from;
      return;
    }
    RunLengthBitPackingHybridEncoder out = encoder();
    for (int row = from; row < to; row++) {
      boolean isNull = vector.isNull(row);
      out.writeInt(isNull ? 0 : 1);
      nulls += isNull ? 1 : 0;
    }
    rows += to - from;
  }

  int nulls() {
    return nulls;
  }

  /** Appends the levels with their length before them, and starts anew. */
  void finish(Buffer page) throws IOException {
    int lengthAt = page.size();
    page.putInt(0);
    if (encoder == null) {
      page.putVarInt(rows << 1);
      page.putByte(1);
    } else {
      BytesInput bytes = encoder.toBytes();
      page.put(bytes.toByteArray(), 0, (int) bytes.size());
      encoder.close();
    }
    page.setInt(lengthAt, page.size() - lengthAt - 4);
    encoder = null;
    rows = 0;
    nulls = 0;
  }

  private RunLengthBitPackingHybridEncoder encoder() throws IOException {
    if (encoder == null) {
      encoder =
          new RunLengthBitPackingHybridEncoder(
              1, 256, 64 << 10, HeapByteBufferAllocator.getInstance());
      for (int i = 0; i < rows; i++) {
        encoder.writeInt(1);
      }
    }
    return encoder;
  }
}
