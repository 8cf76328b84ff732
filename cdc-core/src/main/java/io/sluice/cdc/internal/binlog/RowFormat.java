package io.sluice.cdc.internal.binlog;

import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.ColumnType;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.BitSet;

/** How the row images of one table map are read. Immutable. */
final class RowFormat {
  private static final int STRING = ColumnType.STRING.getCode();
  private static final int LONG_STRING_BITS = 0x30;

  private final TableMapEventData map;
  private final ColumnType[] types;
  private final int[] metas;
  private final int[] lengths;
  private final BitSet all;

  RowFormat(TableMapEventData map) {
    this.map = map;
    byte[] codes = map.getColumnTypes();
    this.metas = map.getColumnMetadata();
    this.types = new ColumnType[codes.length];
    this.lengths = new int[codes.length];
    this.all = new BitSet(codes.length);
    all.set(0, codes.length);
    for (int i = 0; i < codes.length; i++) {
      int code = codes[i] & 0xFF;
      types[i] = ColumnType.byCode(code == STRING ? string(i, metas[i]) : code);
    }
  }

  /**
   * CHAR, BINARY, ENUM and SET come as one type, with their own in the first byte of what belongs
   * to it; two bits of a length of more than 255 stand, inverted, among those of the type.
   */
  private int string(int column, int meta) {
    int own = meta >> 8;
    lengths[column] = meta & 0xFF;
    if (own == 0) {
      return STRING;
    }
    if ((own & LONG_STRING_BITS) != LONG_STRING_BITS) {
      lengths[column] |= ((own & LONG_STRING_BITS) ^ LONG_STRING_BITS) << 4;
      return own | LONG_STRING_BITS;
    }
    return own == ColumnType.ENUM.getCode() || own == ColumnType.SET.getCode() ? own : STRING;
  }

  TableMapEventData map() {
    return map;
  }

  /** Reads which columns the images of an event hold; not to be changed. */
  BitSet columns(int count, ByteArrayInputStream in) throws IOException {
    BitSet columns = BitSet.valueOf(in.read((count + 7) / 8));
    columns.clear(count, Math.max(count, columns.length()));
    return columns.equals(all) ? all : columns;
  }

  /** Reads one image; a column that is not in it takes no place. */
  @SuppressWarnings("ReferenceEquality") // columns() gives this very set where all are there
  Serializable[] row(BitSet columns, ByteArrayInputStream in) throws IOException {
    boolean whole = columns == all;
    Serializable[] row = new Serializable[whole ? types.length : columns.cardinality()];
    byte[] nulls = in.read((row.length + 7) / 8);
    int place = 0;
    for (int i = 0; i < types.length; i++) {
      if (whole || columns.get(i)) {
        if ((nulls[place >> 3] >> (place & 7) & 1) == 0) {
          row[place] = CellReader.read(types[i], metas[i], lengths[i], in);
        }
        place++;
      }
    }
    return row;
  }
}
