package io.sluice.cdc.internal.load;

import io.sluice.cdc.event.LoadedRange;
import io.sluice.cdc.event.TableSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The loaded ranges of one table, and in which of them a key lies. Used by one thread. */
final class TableRanges {
  private static final int REMEMBERED = 50_000;

  private final List<LoadedRange> ranges;
  private final @Nullable TableSchema schema;
  private final KeyOrders orders;
  private final int[] views;
  private final boolean whole;
  private final Map<List<String>, Integer> found =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<String>, Integer> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** The ranges are in key order. */
  TableRanges(List<LoadedRange> ranges, @Nullable TableSchema schema, KeyOrders orders) {
    this.ranges = List.copyOf(ranges);
    this.schema = schema;
    this.orders = orders;
    this.views = ranges.stream().mapToInt(LoadedRange::view).distinct().toArray();
    this.whole = isWhole(ranges);
  }

  private static boolean isWhole(List<LoadedRange> ranges) {
    List<String> end = null;
    for (LoadedRange range : ranges) {
      if (!Objects.equals(range.after(), end)) {
        return false;
      }
      end = range.upTo();
    }
    return end == null;
  }

  /** The numbers of the views in which the table was read. */
  int[] views() {
    return views;
  }

  /** Whether the ranges leave nothing out. */
  boolean isWhole() {
    return whole;
  }

  /**
   * The number of the view in which the row of this key was read, or 0 when it lies in no range.
   */
  int viewOf(List<String> key) {
    return found.computeIfAbsent(List.copyOf(key), this::locate);
  }

  private int locate(List<String> key) {
    if (ranges.size() == 1 && whole) {
      return ranges.get(0).view();
    }
    TableSchema known = schema;
    if (known == null) {
      throw new IllegalStateException("the structure of a table that was loaded is not known");
    }
    KeyOrder order = orders.of(known);
    int low = 0;
    int high = ranges.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      List<String> upTo = ranges.get(middle).upTo();
      if (upTo == null || order.compare(key, upTo) <= 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    LoadedRange range = ranges.get(low);
    boolean inside =
        (range.after() == null || order.compare(key, range.after()) > 0)
            && (range.upTo() == null || order.compare(key, range.upTo()) <= 0);
    return inside ? range.view() : 0;
  }
}
