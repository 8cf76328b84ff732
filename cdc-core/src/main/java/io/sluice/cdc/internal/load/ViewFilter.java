package io.sluice.cdc.internal.load;

import io.sluice.cdc.event.GtidSet;
import io.sluice.cdc.event.LoadState;
import io.sluice.cdc.event.LoadView;
import io.sluice.cdc.event.LoadedRange;
import io.sluice.cdc.event.SourcePosition;
import io.sluice.cdc.event.TableLoad;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.internal.mysql.MySqlConnections;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells changes that a full load has already read from those that it has not: a change is dropped
 * when the view in which its row's chunk was read contains its transaction. Used by one thread.
 *
 * <p>Where a key moved from one chunk to another, ask for each half of the change with its own key.
 */
public final class ViewFilter implements AutoCloseable {
  private final Map<Integer, Seen> views = new HashMap<>();
  private final Map<TableName, TableRanges> tables = new HashMap<>();
  private final KeyOrders orders;

  /**
   * @param state what has been loaded
   * @param schemas the structures of the tables as they were loaded
   * @param server asked only when a table was loaded in several views and its keys are text
   */
  public ViewFilter(LoadState state, Collection<TableSchema> schemas, MySqlConnections server) {
    this.orders = new KeyOrders(server);
    state.views().forEach(v -> views.put(v.number(), new Seen(v)));
    Map<TableName, TableSchema> byName = new HashMap<>();
    schemas.forEach(s -> byName.put(s.table(), s));
    for (TableLoad load : state.tables()) {
      List<LoadedRange> ranges =
          load.ranges().stream().filter(r -> views.containsKey(r.view())).toList();
      if (!ranges.isEmpty()) {
        tables.put(load.table(), new TableRanges(ranges, byName.get(load.table()), orders));
      }
    }
  }

  /**
   * Whether the change is in the view of its row's chunk already, so that it must be dropped.
   *
   * @param gtid the GTID of its transaction, or null without
   * @param file the binlog file that holds the transaction
   * @param position where one of its events begins or ends in the file
   * @param key the row's key, one {@link io.sluice.cdc.event.KeyText} a column; asked for only when
   *     it matters
   */
  public boolean covers(
      TableName table,
      @Nullable String gtid,
      String file,
      long position,
      Supplier<List<String>> key) {
    TableRanges ranges = tables.get(table);
    if (ranges == null) {
      return false;
    }
    int inViews = 0;
    for (int number : ranges.views()) {
      inViews += contains(number, gtid, file, position) ? 1 : 0;
    }
    if (inViews == 0) {
      return false;
    }
    if (inViews == ranges.views().length && ranges.isWhole()) {
      return true;
    }
    int view = ranges.viewOf(key.get());
    return view > 0 && contains(view, gtid, file, position);
  }

  /**
   * How many of the views in which the table was read contain a change of the whole table.
   *
   * @param gtid as in {@link #covers}
   * @param file as there
   * @param position as there
   * @return from 0 for none to 1 for all of them and all of the table
   */
  public double share(TableName table, @Nullable String gtid, String file, long position) {
    TableRanges ranges = tables.get(table);
    if (ranges == null) {
      return 0;
    }
    int inViews = 0;
    for (int number : ranges.views()) {
      inViews += contains(number, gtid, file, position) ? 1 : 0;
    }
    int parts = ranges.views().length + (ranges.isWhole() ? 0 : 1);
    return (double) inViews / parts;
  }

  private boolean contains(int view, @Nullable String gtid, String file, long position) {
    Seen seen = views.get(view);
    return seen != null && seen.contains(gtid, file, position);
  }

  /**
   * The numbers of the views that the stream has passed: no later change can be in them. Any thread
   * may ask.
   *
   * @param stream everything up to here has been taken from the stream
   */
  public List<Integer> passed(SourcePosition stream) {
    List<Integer> passed = new ArrayList<>();
    GtidSet streamed = stream.gtidSet() == null ? null : GtidSet.parse(stream.gtidSet());
    views.forEach(
        (number, seen) -> {
          if (seen.isPassed(stream, streamed)) {
            passed.add(number);
          }
        });
    return passed;
  }

  @Override
  public void close() {
    orders.close();
  }

  /** A view with its GTIDs at hand. */
  private static final class Seen {
    private final LoadView view;
    private final @Nullable GtidSet gtids;
    private String lastGtid = "";
    private boolean lastAnswer;

    Seen(LoadView view) {
      this.view = view;
      String text = view.position().gtidSet();
      this.gtids = text == null ? null : GtidSet.parse(text);
    }

    boolean contains(@Nullable String gtid, String file, long position) {
      if (gtids == null || gtid == null) {
        return view.position().covers(file, position);
      }
      if (!gtid.equals(lastGtid)) {
        lastAnswer = gtids.contains(gtid);
        lastGtid = gtid;
      }
      return lastAnswer;
    }

    boolean isPassed(SourcePosition stream, @Nullable GtidSet streamed) {
      if (gtids != null && streamed != null) {
        return streamed.includes(gtids);
      }
      SourcePosition own = view.position();
      return stream.serverUuid().equals(own.serverUuid())
          && stream.covers(own.binlogFile(), own.binlogPosition());
    }
  }
}
