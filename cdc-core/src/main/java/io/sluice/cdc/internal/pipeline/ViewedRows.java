package io.sluice.cdc.internal.pipeline;

import io.sluice.cdc.event.TableName;
import io.sluice.cdc.internal.batch.LoadedRows;
import io.sluice.cdc.internal.load.ViewFilter;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets the batcher ask the views of the load. */
record ViewedRows(ViewFilter views) implements LoadedRows {
  @Override
  public boolean contain(
      TableName table,
      @Nullable String gtid,
      String file,
      long position,
      Supplier<List<String>> key) {
    return views.covers(table, gtid, file, position, key);
  }

  @Override
  public Held held(TableName table, @Nullable String gtid, String file, long position) {
    double share = views.share(table, gtid, file, position);
    if (share == 0) {
      return Held.NONE;
    }
    return share == 1 ? Held.ALL : Held.SOME;
  }
}
