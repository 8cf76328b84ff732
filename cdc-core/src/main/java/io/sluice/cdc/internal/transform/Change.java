package io.sluice.cdc.internal.transform;

import io.sluice.cdc.event.BytesVector;
import io.sluice.cdc.event.ColumnType;
import io.sluice.cdc.event.ColumnVector;
import io.sluice.cdc.event.KeyText;
import io.sluice.cdc.event.LogicalType;
import io.sluice.cdc.event.Operation;
import io.sluice.cdc.event.RowBatch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is done to the values of one column. Stateless; thread-safe. */
interface Change {
  /**
   * The column afterwards.
   *
   * @param rows the batch it is of
   * @param values its values now
   * @param type their type
   */
  ColumnVector apply(RowBatch rows, ColumnVector values, ColumnType type);

  /** No value changes. */
  Change NONE = (rows, values, type) -> values;

  /** HMAC of the value's bytes; of a value that is neither text nor binary, of its text. */
  static Change hash(Keyed keyed) {
    return bytes(
        (data, offset, length, out) -> out.append(keyed.hash(data, offset, length)),
        ColumnType.of(LogicalType.TEXT));
  }

  /** Stars for all characters but the last; all of them where no more than these are there. */
  static Change mask(int keepLast) {
    return bytes(
        (data, offset, length, out) -> {
          int characters = Utf8.characters(data, offset, length);
          int kept = characters > keepLast ? keepLast : 0;
          int stars = characters - kept;
          int from = Utf8.skip(data, offset, length, stars);
          byte[] masked = new byte[stars + offset + length - from];
          Arrays.fill(masked, 0, stars, (byte) '*');
          System.arraycopy(data, from, masked, stars, masked.length - stars);
          out.append(masked);
        },
        ColumnType.of(LogicalType.TEXT));
  }

  /** The first characters, or bytes. */
  static Change truncate(int keepFirst, ColumnType type) {
    boolean text = type.logical() == LogicalType.TEXT;
    return bytes(
        (data, offset, length, out) -> {
          int kept =
              text
                  ? Utf8.skip(data, offset, length, keepFirst) - offset
                  : Math.min(keepFirst, length);
          out.append(data, offset, kept);
        },
        type);
  }

  /** NULL, or a constant in every row but those that tell of an emptied table. */
  static Change redact(@Nullable String constant, ColumnType target) {
    byte[] text = constant == null ? null : constant.getBytes(StandardCharsets.UTF_8);
    return (rows, values, type) -> {
      ColumnVector changed = ColumnVector.of(target, Math.max(1, values.size()));
      for (int row = 0; row < values.size(); row++) {
        if (text == null || rows.operation(row) == Operation.TRUNCATE) {
          changed.appendNull();
        } else {
          ((BytesVector) changed).append(text);
        }
      }
      return changed;
    };
  }

  /** Appends what becomes of a value. */
  interface OfBytes {
    void append(byte[] data, int offset, int length, BytesVector out);
  }

  private static Change bytes(OfBytes change, ColumnType target) {
    return (rows, values, type) -> {
      BytesVector changed = (BytesVector) ColumnVector.of(target, Math.max(1, values.size()));
      boolean plain = type.logical() == LogicalType.TEXT || type.logical() == LogicalType.BINARY;
      for (int row = 0; row < values.size(); row++) {
        if (values.isNull(row)) {
          changed.appendNull();
        } else if (plain) {
          BytesVector bytes = (BytesVector) values;
          change.append(bytes.data(), bytes.offset(row), bytes.length(row), changed);
        } else {
          byte[] text = KeyText.of(type, values, row).getBytes(StandardCharsets.UTF_8);
          change.append(text, 0, text.length, changed);
        }
      }
      return changed;
    };
  }
}
