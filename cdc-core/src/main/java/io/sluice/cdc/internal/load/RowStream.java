package io.sluice.cdc.internal.load;

import com.mysql.cj.exceptions.CJException;
import com.mysql.cj.jdbc.exceptions.SQLExceptionsMapping;
import com.mysql.cj.protocol.Resultset;
import com.mysql.cj.result.Row;
import com.mysql.cj.result.RowList;
import io.sluice.cdc.event.ColumnVector;
import io.sluice.cdc.event.KeyText;
import io.sluice.cdc.event.LoadView;
import io.sluice.cdc.event.Operation;
import io.sluice.cdc.event.RowBatch;
import io.sluice.cdc.event.Transaction;
import io.sluice.cdc.internal.mysql.MySqlConnections;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one statement, straight from the driver's packets into column vectors. Used by one
 * thread.
 *
 * <p>Rows are taken out below the driver, which would copy each value before anybody reads it; what
 * is no plain row is taken from the driver's row list below {@link ResultSet}.
 */
final class RowStream implements AutoCloseable {
  private static final int BATCH_ROWS = 2_048;
  private static final long BATCH_BYTES = 1L << 20;

  private final Connection connection;
  private final TableCells cells;
  private final LoadView view;
  private final Transaction transaction;
  private final Statement statement;
  private final ResultSet result;
  private final RowList rows;
  private final RowPackets packets;
  private RowBatch empty;
  private long read;
  private long batchBytes;
  private boolean begun;
  private boolean ended;
  private List<String> lastKey = List.of();

  RowStream(Connection connection, String sql, TableCells cells, LoadView view)
      throws SQLException {
    this.connection = connection;
    this.cells = cells;
    this.empty = new RowBatch(cells.schema(), RowBatch.Kind.LOAD);
    this.view = view;
    this.transaction = view.transaction();
    this.packets = RowPackets.below(connection);
    this.statement = MySqlConnections.streaming(connection);
    try {
      this.result = statement.executeQuery(sql);
      this.rows = ((Resultset) result).getRows();
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  /** The next rows, or null at the end. */
  @Nullable RowBatch next() throws SQLException {
    if (ended) {
      return null;
    }
    RowBatch batch = empty;
    ColumnVector[] vectors = new ColumnVector[cells.size()];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = batch.column(i);
    }
    long bytes = 0;
    while (batch.size() < BATCH_ROWS && bytes < BATCH_BYTES) {
      if (begun && packets.takeRow()) {
        bytes += cells.append(packets, vectors);
      } else {
        Row row = nextRow();
        if (row == null) {
          ended = true;
          break;
        }
        begun = true;
        bytes += cells.append(row, vectors);
      }
      batch.endRow(Operation.LOAD, view.sequence(), transaction);
    }
    batchBytes = bytes;
    read += batch.size();
    if (batch.size() == 0) {
      return null;
    }
    empty = batch.another();
    lastKey = key(batch);
    return batch;
  }

  private @Nullable Row nextRow() throws SQLException {
    try {
      return rows.next();
    } catch (CJException e) {
      throw SQLExceptionsMapping.translateException(e);
    }
  }

  /** Bytes of the values in the batch returned last. */
  long batchBytes() {
    return batchBytes;
  }

  /** Rows returned so far. */
  long read() {
    return read;
  }

  /** The key of the last row returned; one must have been. */
  List<String> lastKey() {
    return lastKey;
  }

  private List<String> key(RowBatch batch) {
    int row = batch.size() - 1;
    List<String> key = new ArrayList<>();
    for (String name : cells.schema().key()) {
      int i = cells.schema().indexOf(name);
      ColumnVector values = batch.column(i);
      // A key is never NULL in MySQL: what became NULL is a date that no calendar has.
      key.add(
          values.isNull(row)
              ? cells.invalidKeyDate(i)
              : KeyText.of(cells.schema().columns().get(i).type(), values, row));
    }
    return key;
  }

  /**
   * Ends the statement. One that has rows left costs its connection: skipping them would take as
   * long as reading them.
   */
  @Override
  public void close() throws SQLException {
    if (!ended) {
      connection.abort(Runnable::run);
      return;
    }
    try (Statement closed = statement) {
      result.close();
    }
  }
}
