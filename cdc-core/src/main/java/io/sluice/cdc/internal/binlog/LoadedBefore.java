package io.sluice.cdc.internal.binlog;

import io.sluice.cdc.event.GtidSet;
import io.sluice.cdc.event.SourcePosition;
import io.sluice.cdc.event.TableName;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which tables were loaded after which position. What the binlog says of them from before is in
 * their load; it need not even fit their structure, which was taken then. One thread.
 */
final class LoadedBefore {
  private final Map<TableName, Place> places = new HashMap<>();

  private record Place(SourcePosition position, @Nullable GtidSet gtids) {}

  void add(TableName table, SourcePosition position) {
    String gtids = position.gtidSet();
    places.put(table, new Place(position, gtids == null ? null : GtidSet.parse(gtids)));
  }

  /**
   * Whether an event belongs to the time before the load.
   *
   * @param gtid of its transaction, or null without
   * @param file the binlog file of the event
   * @param end where the event ends in it
   */
  boolean covers(TableName table, @Nullable String gtid, String file, long end) {
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

  boolean isEmpty() {
    return places.isEmpty();
  }
}
