package io.sluice.cdc.internal.batch;

import io.sluice.cdc.event.TableName;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Knows which changes are already part of a full load. */
public interface LoadedRows {
  /** No table was loaded: every change counts. */
  LoadedRows NONE = (table, gtid, file, position, key) -> false;

  /**
   * Whether a change is already in the view in which its row was loaded.
   *
   * @param gtid the transaction's GTID, or null without
   * @param file the binlog file of the change
   * @param position a position in the change's transaction after its start and not after its end
   * @param key the row's key as texts, in the form of {@link io.sluice.cdc.event.KeyText}
   */
  boolean contain(
      TableName table,
      @Nullable String gtid,
      String file,
      long position,
      Supplier<List<String>> key);

  /**
   * How many of a table's loaded rows were read after the change, for a change that concerns all of
   * its rows. A load that was interrupted has read some of them in one view and the others in a
   * later one.
   *
   * @param gtid as in {@link #contain}
   * @param file as there
   * @param position as there
   */
  default Held held(TableName table, @Nullable String gtid, String file, long position) {
    return contain(table, gtid, file, position, List::of) ? Held.ALL : Held.NONE;
  }

  /** An amount of rows. */
  enum Held {
    /** None: the change counts. */
    NONE,
    /** Some: neither taking the change nor dropping it is right. */
    SOME,
    /** All: the change is part of the load. */
    ALL
  }
}
