package io.sluice.cdc.status;

import io.sluice.cdc.event.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a start would do with a table.
 *
 * @param table the table
 * @param state how it stands
 * @param loadedRows rows that earlier loads have committed and that will be kept
 * @param estimatedRows rows in all by the server's statistics, which may be off by half
 * @param estimatedBytes bytes in all by the server's statistics
 * @param key the columns along which it is cut, in order; empty without a key
 * @param chunks about how many chunks are to be read; 0 when there is nothing to load
 * @param oneChunkBecause why it is read in one piece however large it is, or null when it can be
 *     cut
 * @param columns columns that are carried otherwise than their type suggests
 */
public record PlannedTable(
    TableName table,
    State state,
    long loadedRows,
    long estimatedRows,
    long estimatedBytes,
    List<String> key,
    long chunks,
    @Nullable String oneChunkBecause,
    List<PlannedColumn> columns) {
  /** Copies the lists. */
  public PlannedTable {
    key = List.copyOf(key);
    columns = List.copyOf(columns);
  }

  /** How a table stands. */
  public enum State {
    /** It was never seen and will be loaded. */
    NEW,
    /** It is complete; only its changes follow. */
    LOADED,
    /** A load of it was interrupted; the rest will be loaded. */
    PARTLY_LOADED,
    /** It was loaded once and will be told to be empty and loaded anew. */
    TO_BE_LOADED_AGAIN,
    /** It is followed without a load, because {@code load.mode} is {@code never}. */
    ONLY_FOLLOWED,
    /** It is not included any more; the pipeline forgets it, its files stay. */
    TO_BE_FORGOTTEN
  }

  /** Whether a start reads rows of it. */
  public boolean toBeLoaded() {
    return state == State.NEW || state == State.PARTLY_LOADED || state == State.TO_BE_LOADED_AGAIN;
  }

  /** About how many rows are to be read. */
  public long rowsToLoad() {
    return toBeLoaded() ? Math.max(0, estimatedRows - loadedRows) : 0;
  }

  /** About how many bytes are to be read. */
  public long bytesToLoad() {
    return estimatedRows == 0
        ? (toBeLoaded() ? estimatedBytes : 0)
        : Math.round((double) estimatedBytes / estimatedRows * rowsToLoad());
  }
}
