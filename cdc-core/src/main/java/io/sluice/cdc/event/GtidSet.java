package io.sluice.cdc.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A set of GTIDs as MySQL writes it: {@code uuid:1-5:7,uuid2:1-3}, and with the tags of MySQL 8.3
 * {@code uuid:1-5:tag:1-3}. Immutable; {@link #contains} costs a look-up and a binary search.
 */
public final class GtidSet {
  /** The set without a member. */
  public static final GtidSet EMPTY = new GtidSet(new TreeMap<>());

  /** By source (and tag): first and last numbers of the intervals, in turn, ascending and apart. */
  private final Map<String, long[]> intervals;

  private GtidSet(Map<String, long[]> intervals) {
    this.intervals = intervals;
  }

  /**
   * Reads a set; white space and an empty text are fine.
   *
   * @throws IllegalArgumentException when it is not one
   */
  public static GtidSet parse(String text) {
    Map<String, List<long[]>> found = new HashMap<>();
    for (String source : text.replaceAll("\\s", "").split(",")) {
      if (!source.isEmpty()) {
        parseSource(source, found);
      }
    }
    return of(found);
  }

  private static void parseSource(String text, Map<String, List<long[]>> found) {
    String[] parts = text.split(":");
    String source = parts[0].toLowerCase(Locale.ROOT);
    String key = source;
    for (int i = 1; i < parts.length; i++) {
      char first = parts[i].isEmpty() ? ' ' : parts[i].charAt(0);
      if (first >= '0' && first <= '9') {
        found.computeIfAbsent(key, k -> new ArrayList<>()).add(interval(parts[i], text));
      } else if (first != ' ') {
        key = source + ":" + parts[i].toLowerCase(Locale.ROOT);
      } else {
        throw new IllegalArgumentException("'" + text + "' is not a GTID set");
      }
    }
    if (parts.length < 2) {
      throw new IllegalArgumentException("'" + text + "' is not a GTID set");
    }
  }

  private static long[] interval(String part, String text) {
    try {
      int dash = part.indexOf('-');
      long from = Long.parseLong(dash < 0 ? part : part.substring(0, dash));
      return new long[] {from, dash < 0 ? from : Long.parseLong(part.substring(dash + 1))};
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not a GTID set", e);
    }
  }

  /** Sorts the intervals and joins those that touch. */
  private static GtidSet of(Map<String, List<long[]>> found) {
    TreeMap<String, long[]> merged = new TreeMap<>();
    found.forEach(
        (source, list) -> {
          list.sort(Comparator.comparingLong(i -> i[0]));
          long[] flat = new long[list.size() * 2];
          int size = 0;
          for (long[] i : list) {
            if (size > 0 && i[0] <= flat[size - 1] + 1) {
              flat[size - 1] = Math.max(flat[size - 1], i[1]);
            } else if (i[0] <= i[1]) {
              flat[size++] = i[0];
              flat[size++] = i[1];
            }
          }
          merged.put(source, Arrays.copyOf(flat, size));
        });
    return new GtidSet(merged);
  }

  /**
   * Whether the transaction is a member.
   *
   * @param gtid {@code uuid:number} or {@code uuid:tag:number}
   */
  public boolean contains(String gtid) {
    int colon = gtid.lastIndexOf(':');
    long[] own = intervals.get(gtid.substring(0, colon));
    if (own == null) {
      own = intervals.get(gtid.substring(0, colon).toLowerCase(Locale.ROOT));
    }
    return own != null && covering(own, Long.parseLong(gtid, colon + 1, gtid.length(), 10)) >= 0;
  }

  /** Whether every member of the other set is a member of this one. */
  public boolean includes(GtidSet other) {
    return other.intervals.entrySet().stream()
        .allMatch(e -> includes(intervals.getOrDefault(e.getKey(), new long[0]), e.getValue()));
  }

  private static boolean includes(long[] own, long[] other) {
    for (int i = 0; i < other.length; i += 2) {
      int at = covering(own, other[i]);
      if (at < 0 || own[at + 1] < other[i + 1]) {
        return false;
      }
    }
    return true;
  }

  /** The index of the interval that holds the number, or -1. */
  private static int covering(long[] own, long number) {
    int low = 0;
    int high = own.length / 2 - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (number < own[middle * 2]) {
        high = middle - 1;
      } else if (number > own[middle * 2 + 1]) {
        low = middle + 1;
      } else {
        return middle * 2;
      }
    }
    return -1;
  }

  /** Every member of both. */
  public GtidSet union(GtidSet other) {
    Map<String, List<long[]>> all = new HashMap<>();
    for (GtidSet set : List.of(this, other)) {
      set.intervals.forEach(
          (source, flat) -> {
            for (int i = 0; i < flat.length; i += 2) {
              all.computeIfAbsent(source, s -> new ArrayList<>())
                  .add(new long[] {flat[i], flat[i + 1]});
            }
          });
    }
    return of(all);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GtidSet that && toString().equals(that.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  /** The set as MySQL writes it, sources in order, without line breaks. */
  @Override
  public String toString() {
    return intervals.entrySet().stream()
        .filter(e -> e.getValue().length > 0)
        .map(e -> e.getKey() + ":" + text(e.getValue()))
        .collect(Collectors.joining(","));
  }

  private static String text(long[] flat) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < flat.length; i += 2) {
      text.append(i > 0 ? ":" : "").append(flat[i]);
      if (flat[i + 1] > flat[i]) {
        text.append('-').append(flat[i + 1]);
      }
    }
    return text.toString();
  }
}
