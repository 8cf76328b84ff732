package io.sluice.cdc.bench.torture.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A set of GTIDs such as {@code uuid:1-5:7,other:1-3}, and whether one GTID is in it. */
final class GtidRanges {
  private final Map<String, List<long[]>> ranges = new HashMap<>();

  GtidRanges(String text) {
    for (String source : text.replaceAll("\\s", "").split(",")) {
      String[] parts = source.split(":");
      for (int i = 1; i < parts.length; i++) {
        String[] ends = parts[i].split("-");
        long first = Long.parseLong(ends[0]);
        long last = Long.parseLong(ends[ends.length - 1]);
        ranges
            .computeIfAbsent(parts[0].toLowerCase(Locale.ROOT), u -> new ArrayList<>())
            .add(new long[] {first, last});
      }
    }
  }

  boolean contains(String gtid) {
    int colon = gtid.indexOf(':');
    if (colon < 0) {
      return false;
    }
    long number = Long.parseLong(gtid.substring(colon + 1));
    return ranges
        .getOrDefault(gtid.substring(0, colon).toLowerCase(Locale.ROOT), List.of())
        .stream()
        .anyMatch(r -> r[0] <= number && number <= r[1]);
  }
}
