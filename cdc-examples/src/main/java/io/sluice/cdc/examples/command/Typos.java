package io.sluice.cdc.examples.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what was probably meant. */
final class Typos {
  private static final int MAX_DISTANCE = 3;

  private Typos() {}

  /** The key or section that is nearest to an unknown one, or null when none is near. */
  static @Nullable String nearest(String unknown) {
    String last = unknown.substring(unknown.lastIndexOf('.') + 1);
    for (Key key : Key.values()) {
      if (key.path().substring(key.path().lastIndexOf('.') + 1).equalsIgnoreCase(last)) {
        return key.path(); // the right name in the wrong section
      }
    }
    return nearest(unknown, candidates());
  }

  /** The nearest of some words, or null. */
  static @Nullable String nearest(String unknown, Collection<String> words) {
    String best = null;
    int least = Math.min(MAX_DISTANCE, Math.max(1, unknown.length() / 2)) + 1;
    for (String word : words) {
      int distance = distance(unknown.toLowerCase(Locale.ROOT), word.toLowerCase(Locale.ROOT));
      if (distance < least) {
        least = distance;
        best = word;
      }
    }
    return best;
  }

  private static List<String> candidates() {
    Set<String> all = new LinkedHashSet<>();
    for (Key key : Key.values()) {
      all.add(key.path());
      all.add(key.path().substring(0, Math.max(0, key.path().indexOf('.'))));
    }
    all.remove("");
    return new ArrayList<>(all);
  }

  /** How many letters must be added, taken away or replaced. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
