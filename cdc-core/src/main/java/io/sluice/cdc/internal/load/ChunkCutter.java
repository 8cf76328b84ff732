package io.sluice.cdc.internal.load;

import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.LoadView;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.event.ZeroDates;
import io.sluice.cdc.internal.mysql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds where a chunk of about the wanted size ends, without reading what lies before: it guesses a
 * key between the first and the last, lets the server snap it to a row, and asks the server's index
 * how many rows that cuts off. Only where no guess is possible does it count along the index, one
 * chunk far.
 */
final class ChunkCutter {
  private static final int TRIES = 12;
  private static final int GROWTH = 8;
  private static final int TOLERANCE = 2;

  private final Connection connection;
  private final TableWork table;
  private final Key key;
  private final LoadView view;
  private final TableCells keyCells;

  ChunkCutter(Connection connection, TableWork table, Key key, LoadView view) {
    this.connection = connection;
    this.table = table;
    this.key = key;
    this.view = view;
    List<Column> columns = key.columns().stream().map(KeyColumn::column).toList();
    List<String> names = columns.stream().map(Column::name).toList();
    this.keyCells = new TableCells(new TableSchema(table.name(), columns, names), ZeroDates.NULL);
  }

  /**
   * Where to cut the span.
   *
   * @param wantedRows about how many rows a chunk should have
   * @return the last key of the chunk, or null when the whole span is one chunk
   */
  @Nullable List<String> cut(Span span, long wantedRows) throws SQLException {
    long rows = estimate(span.after(), span.upTo());
    if (span.after() == null && span.upTo() == null) {
      rows = Math.max(rows, table.estimatedRows());
    }
    if (rows <= wantedRows + wantedRows / 2) {
      return null;
    }
    String where = key.where(span.after(), span.upTo());
    List<String> first = keyAt(where, false, 0);
    List<String> last = keyAt(where, true, 0);
    if (first == null || last == null || first.equals(last)) {
      return null;
    }
    List<String> found = search(span, first, last, (double) wantedRows / rows, wantedRows);
    return found != null ? found : keyAt(where, false, wantedRows);
  }

  /** Closes in from both sides; a key that cuts off too much is better than none. */
  private @Nullable List<String> search(
      Span span, List<String> first, List<String> last, double fraction, long wantedRows)
      throws SQLException {
    List<String> low = first;
    List<String> high = last;
    List<String> tooFar = null;
    List<String> tooNear = null;
    double step = fraction;
    for (int i = 0; i < TRIES; i++) {
      List<String> guess = KeyBetween.of(key, low, high, step);
      List<String> cut = guess == null ? null : snap(span, guess, last);
      if (cut == null || cut.equals(tooFar)) {
        break;
      }
      long rows = estimate(span.after(), cut);
      if (rows > TOLERANCE * wantedRows) {
        tooFar = cut;
        high = cut;
        step = Math.min(0.5, (double) wantedRows / rows);
      } else if (rows < wantedRows / TOLERANCE && !cut.equals(tooNear)) {
        tooNear = cut;
        low = cut;
        step = Math.min(0.5, step * GROWTH);
      } else {
        return cut;
      }
    }
    return tooFar != null ? tooFar : tooNear;
  }

  /** The last row of the span that is not after the guess, and before the span's last. */
  private @Nullable List<String> snap(Span span, List<String> guess, List<String> last)
      throws SQLException {
    String where = key.where(span.after(), null);
    String and = where.isEmpty() ? " WHERE " : where + " AND ";
    return keyAt(and + key.startsUpTo(guess) + " AND " + key.before(last), true, 0);
  }

  private @Nullable List<String> keyAt(String where, boolean fromEnd, long offset)
      throws SQLException {
    String sql =
        keyCells.selectList()
            + key.forceIndex()
            + where
            + key.orderBy(fromEnd)
            + " LIMIT 1 OFFSET "
            + offset;
    try (RowStream rows = new RowStream(connection, sql, keyCells, view)) {
      return rows.next() == null ? null : rows.lastKey();
    }
  }

  /**
   * How many rows lie between by the server's index; it looks at both ends, not at what lies
   * between. It is asked about a count because of a plain SELECT under FORCE INDEX newer servers
   * estimate nothing: they say 1 (seen with 9.7; <a
   * href="https://dev.mysql.com/doc/refman/8.4/en/range-optimization.html">range optimization</a>
   * tells when index dives are skipped).
   */
  private long estimate(@Nullable List<String> after, @Nullable List<String> upTo)
      throws SQLException {
    String sql =
        "EXPLAIN FORMAT=TRADITIONAL SELECT COUNT(*) FROM "
            + table.name().quoted()
            + key.forceIndex()
            + key.where(after, upTo);
    List<Long> rows = Sql.query(connection, sql, r -> r.getLong("rows"));
    return rows.isEmpty() ? 0 : rows.get(0);
  }
}
