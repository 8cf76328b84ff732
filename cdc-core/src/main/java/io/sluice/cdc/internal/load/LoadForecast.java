package io.sluice.cdc.internal.load;

import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.internal.mysql.TableIndexes;
import io.sluice.cdc.internal.mysql.TableSizes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says how tables would be loaded, from what the server tells without reading them. */
public final class LoadForecast {
  /**
   * A table of this size that cannot be cut is worth a word: one reader is at it for a minute or
   * longer.
   */
  public static final long LARGE_BYTES = 1L << 30;

  private LoadForecast() {}

  /**
   * A table.
   *
   * @param size by the server's statistics
   * @param oneChunkBecause why it is read in one piece, or null when it can be cut
   */
  public record Table(TableSizes size, @Nullable String oneChunkBecause) {
    /** About how many chunks so many bytes of it make. */
    public long chunks(long bytes, long chunkBytes) {
      return oneChunkBecause != null ? 1 : Math.max(1, (bytes + chunkBytes - 1) / chunkBytes);
    }
  }

  /** Asks the server about tables of these structures. */
  public static Map<TableName, Table> of(Connection connection, List<TableSchema> schemas)
      throws SQLException {
    Map<TableName, Table> tables = new HashMap<>();
    if (schemas.isEmpty()) {
      return tables;
    }
    Map<TableName, TableSizes> sizes =
        TableSizes.read(
            connection, schemas.stream().map(TableSchema::table).collect(Collectors.toSet()));
    Keys keys = new Keys(TableIndexes.read(connection, schemas));
    for (TableSchema schema : schemas) {
      tables.put(
          schema.table(),
          new Table(
              sizes.getOrDefault(schema.table(), TableSizes.UNKNOWN),
              keys.uncuttableBecause(schema)));
    }
    return tables;
  }

  /** What to know about a large table that is read in one piece. */
  public static String inOnePiece(TableName table, long bytes, String because) {
    return "Table "
        + table
        + " of about "
        + (bytes >> 20)
        + " MiB is read in one piece by one connection, because "
        + because
        + ": a load that is cut short reads it from its start again, and an ALTER, DROP or TRUNCATE of it waits"
        + " until it has been read";
  }
}
