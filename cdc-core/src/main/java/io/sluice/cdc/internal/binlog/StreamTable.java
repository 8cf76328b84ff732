package io.sluice.cdc.internal.binlog;

import io.sluice.cdc.event.ColumnType;
import io.sluice.cdc.event.ColumnVector;
import io.sluice.cdc.event.KeyText;
import io.sluice.cdc.event.RowBatch;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A table as the stream knows it at one moment: its structure and how its row images are decoded.
 * Immutable.
 */
public final class StreamTable {
  private final TableSchema schema;
  private final CellDecoder[] decoders;
  private final int[] key;
  private final List<String> charsets;

  /**
   * @param charsets MySQL's name of each column's character set, empty where it has none
   */
  StreamTable(TableSchema schema, List<CellDecoder> decoders, List<String> charsets) {
    this.charsets = List.copyOf(charsets);
    this.schema = schema;
    this.decoders = decoders.toArray(CellDecoder[]::new);
    this.key = schema.key().stream().mapToInt(schema::indexOf).toArray();
  }

  /** The table. */
  public TableName name() {
    return schema.table();
  }

  /** Its structure. */
  public TableSchema schema() {
    return schema;
  }

  /** The character set of a column, or null where it has none. */
  @Nullable String charset(int column) {
    return charsets.get(column).isEmpty() ? null : charsets.get(column);
  }

  /** Whether it has a key. */
  public boolean hasKey() {
    return key.length > 0;
  }

  /** Whether two images of a row have the same key, byte for byte. */
  public boolean sameKey(Object[] before, Object[] after) {
    for (int column : key) {
      Object a = before[column];
      Object b = after[column];
      if (!(a instanceof byte[] x && b instanceof byte[] y
          ? Arrays.equals(x, y)
          : Objects.equals(a, b))) {
        return false;
      }
    }
    return true;
  }

  /** Appends the values of a row image to the columns of a batch of this structure. */
  public void decode(Object[] row, RowBatch into) {
    for (int i = 0; i < decoders.length; i++) {
      Object value = row[i];
      if (value == null) {
        into.column(i).appendNull();
      } else {
        decoders[i].decode(value, into.column(i));
      }
    }
  }

  /** Appends NULL to every column of a batch of this structure. */
  public void decodeNulls(RowBatch into) {
    for (int i = 0; i < decoders.length; i++) {
      into.column(i).appendNull();
    }
  }

  /**
   * The key of a row image as texts, in the form of {@link io.sluice.cdc.event.LoadedRange}: a date
   * that no calendar has is its own text, whatever becomes of it in the rows.
   */
  public List<String> keyTexts(Object[] row) {
    List<String> texts = new ArrayList<>();
    for (int column : key) {
      if (row[column] instanceof InvalidDate invalid) {
        texts.add(invalid.text());
      } else {
        ColumnVector one = ColumnVector.of(columnType(column), 1);
        decoders[column].decode(row[column], one);
        texts.add(KeyText.of(columnType(column), one, 0));
      }
    }
    return texts;
  }

  private ColumnType columnType(int column) {
    return schema.columns().get(column).type();
  }
}
