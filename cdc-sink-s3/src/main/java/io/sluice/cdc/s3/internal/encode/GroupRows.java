package io.sluice.cdc.s3.internal.encode;

import io.sluice.cdc.event.BytesVector;
import io.sluice.cdc.event.ColumnType;
import io.sluice.cdc.event.ColumnVector;
import io.sluice.cdc.event.DoubleVector;
import io.sluice.cdc.event.LogicalType;
import io.sluice.cdc.event.LongVector;
import io.sluice.cdc.event.Operation;
import io.sluice.cdc.event.RowBatch;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.event.Transaction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/** The rows of one row group, column by column, a few at a time. Used by one thread. */
final class GroupRows {
  private static final int MOST_ROWS = 4096;
  private static final long ABOUT_BYTES = 4 << 20;

  /** The reader wants one, and we take the values ourselves. */
  private static final PrimitiveConverter NONE = new PrimitiveConverter() {};

  private final TableSchema table;
  private final RowBatch.Kind kind;
  private final List<ColumnReaderImpl> columns = new ArrayList<>();
  private final int rowsAtOnce;
  private final Texts ids = new Texts();
  private final Texts origins = new Texts();
  private Transaction transaction = new Transaction("", 0);
  private long left;

  GroupRows(
      TableSchema table,
      RowBatch.Kind kind,
      MessageType schema,
      RowGroup group,
      byte[] bytes,
      long offset)
      throws IOException {
    this.table = table;
    this.kind = kind;
    this.left = group.getNum_rows();
    long rowBytes = Math.max(1, group.getTotal_byte_size() / Math.max(1, left));
    this.rowsAtOnce = (int) Math.max(1, Math.min(MOST_ROWS, ABOUT_BYTES / rowBytes));
    for (ColumnDescriptor descriptor : schema.getColumns()) {
      ColumnMetaData column = group.getColumns().get(columns.size()).getMeta_data();
      if (column.getNum_values() != left) {
        throw new IOException("column " + descriptor.getPath()[0] + " does not have every row");
      }
      int from = Math.toIntExact(ParquetDecoder.start(column) - offset);
      columns.add(
          new ColumnReaderImpl(descriptor, new ChunkPages(column, bytes, from), NONE, null));
    }
  }

  long left() {
    return left;
  }

  ParquetDecoder.Piece next() throws IOException {
    int rows = (int) Math.min(left, rowsAtOnce);
    RowBatch batch = new RowBatch(table, kind, rows);
    int own = table.columns().size();
    for (int i = 0; i < own; i++) {
      ColumnType type = table.columns().get(i).type();
      take(columns.get(i), type, batch.column(i), rows);
    }
    endRows(batch, own, rows);
    left -= rows;
    return new ParquetDecoder.Piece(batch, origins(own + 4, rows));
  }

  private static void take(ColumnReaderImpl column, ColumnType type, ColumnVector to, int rows) {
    int present = column.getDescriptor().getMaxDefinitionLevel();
    PrimitiveTypeName physical = column.getDescriptor().getPrimitiveType().getPrimitiveTypeName();
    for (int row = 0; row < rows; row++) {
      if (column.getCurrentDefinitionLevel() < present) {
        to.appendNull();
      } else if (to instanceof LongVector longs) {
        longs.append(whole(column, physical));
      } else if (to instanceof DoubleVector doubles) {
        boolean single = type.logical() == LogicalType.FLOAT;
        doubles.append(single ? column.getFloat() : column.getDouble());
      } else if (to instanceof BytesVector bytes) {
        append(column.getBinary(), bytes);
      }
      column.consume();
    }
  }

  private static long whole(ColumnReaderImpl column, PrimitiveTypeName physical) {
    return switch (physical) {
      case BOOLEAN -> column.getBoolean() ? 1 : 0;
      case INT32 -> column.getInteger();
      default -> column.getLong();
    };
  }

  private static void append(Binary value, BytesVector to) {
    ByteBuffer bytes = value.toByteBuffer();
    if (bytes.hasArray()) {
      to.append(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    } else {
      to.append(value.getBytes());
    }
  }

  private void endRows(RowBatch batch, int own, int rows) throws IOException {
    ColumnReaderImpl operations = columns.get(own);
    ColumnReaderImpl sequences = columns.get(own + 1);
    ColumnReaderImpl times = columns.get(own + 2);
    ColumnReaderImpl transactions = columns.get(own + 3);
    for (int row = 0; row < rows; row++) {
      Operation operation = operation(operations.getBinary());
      transaction = transaction(ids.of(transactions.getBinary()), times.getLong());
      batch.endRow(operation, sequences.getLong(), transaction);
      operations.consume();
      sequences.consume();
      times.consume();
      transactions.consume();
    }
  }

  private List<String> origins(int index, int rows) {
    List<String> all = new ArrayList<>();
    if (index < columns.size()) {
      ColumnReaderImpl column = columns.get(index);
      for (int row = 0; row < rows; row++) {
        all.add(origins.of(column.getBinary()));
        column.consume();
      }
    }
    return all;
  }

  /** Neighbours of one transaction share the object. */
  @SuppressWarnings("ReferenceEquality") // equal texts of neighbours are the same object
  private Transaction transaction(String id, long micros) {
    return id == transaction.id() && micros == transaction.commitMicros()
        ? transaction
        : new Transaction(id, micros);
  }

  private static Operation operation(Binary code) throws IOException {
    ByteBuffer bytes = code.toByteBuffer();
    for (Operation operation : Operation.values()) {
      if (bytes.remaining() == 1 && bytes.get(bytes.position()) == operation.code()) {
        return operation;
      }
    }
    throw new IOException("a row has the operation " + code.toStringUsingUTF8());
  }

  /** Turns bytes into text, and the same bytes again into the same object. */
  private static final class Texts {
    private @Nullable Binary last;
    private String text = "";

    String of(Binary value) {
      if (!value.equals(last)) {
        text = value.toStringUsingUTF8();
        last = value.copy();
      }
      return text;
    }
  }
}
