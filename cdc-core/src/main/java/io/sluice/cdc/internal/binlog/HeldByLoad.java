package io.sluice.cdc.internal.binlog;

import io.sluice.cdc.event.GtidSet;
import io.sluice.cdc.event.SourcePosition;
import io.sluice.cdc.event.TableName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tables' events need not be looked at, because a load holds what they say: everything from
 * before the load (it need not even fit the table's structure, which was taken then), and
 * everything of a table that is about to be loaded. One thread.
 */
final class HeldByLoad {
  private final Map<TableName, Place> places = new HashMap<>();

  private final Set<TableName> awaiting = new HashSet<>();

  private record Place(SourcePosition position, @Nullable GtidSet gtids) {}

  /** The table will be loaded before the stream goes on. */
  void await(TableName table) {
    awaiting.add(table);
  }

  /** There is no such table any more. */
  void gone(TableName table) {
    awaiting.remove(table);
  }

  /** The table was loaded after this position. */
  void add(TableName table, SourcePosition position) {
    String gtids = position.gtidSet();
    places.put(table, new Place(position, gtids == null ? null : GtidSet.parse(gtids)));
  }

  /** Whether a load, past or to come, holds an event. */
  boolean covers(TableName table, @Nullable String gtid, String file, long end) {
    return awaiting.contains(table) || isBefore(table, gtid, file, end);
  }

  /**
   * Whether an event belongs to the time before the table's load.
   *
   * @param gtid of its transaction, or null without
   * @param file the binlog file of the event
   * @param end where the event ends in it
   */
  boolean isBefore(TableName table, @Nullable String gtid, String file, long end) {
    Place place = places.get(table);
    if (place == null) {
      return false;
    }
    boolean before =
        place.gtids == null || gtid == null
            ? place.position.covers(file, end)
            : place.gtids.contains(gtid);
    if (!before) {
      places.remove(table); // the binlog goes on in one direction
    }
    return before;
  }
}
