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
}
