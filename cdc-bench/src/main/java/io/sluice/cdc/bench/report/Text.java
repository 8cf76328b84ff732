package io.sluice.cdc.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table of text; numbers stand right. Not thread-safe. */
public final class Text {
  private final List<String[]> lines = new ArrayList<>();

  /** Adds a line; the first one is the head. */
  public Text line(String... cells) {
    lines.add(cells);
    return this;
  }

  /** The number with thousands separated and so many decimals, or a dash for none. */
  public static String number(double value, int decimals) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  @Override
  public String toString() {
    int[] widths = new int[lines.stream().mapToInt(line -> line.length).max().orElse(0)];
    for (String[] line : lines) {
      for (int i = 0; i < line.length; i++) {
        widths[i] = Math.max(widths[i], line[i].length());
      }
    }
    StringBuilder all = new StringBuilder();
    for (String[] line : lines) {
      all.append(laidOut(line, widths).stripTrailing()).append('\n');
    }
    return all.toString();
  }

  private static String laidOut(String[] line, int[] widths) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < line.length; i++) {
      // The first two columns are names.
      text.append(
          String.format(
              Locale.ROOT, i < 2 ? "%-" + widths[i] + "s  " : "%" + widths[i] + "s  ", line[i]));
    }
    return text.toString();
  }
}
