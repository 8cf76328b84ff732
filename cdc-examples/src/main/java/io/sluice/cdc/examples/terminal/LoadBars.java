package io.sluice.cdc.examples.terminal;

import io.sluice.cdc.status.LoadProgress;
import io.sluice.cdc.status.TableProgress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The bars of a full load: one for all of it, and one for each of the largest tables that are being
 * read. They stay in their place on the terminal. Not thread-safe.
 */
final class LoadBars {
  private static final Duration EVERY = Duration.ofMillis(500);
  private static final int MOST_TABLES = 6;
  private static final int NAME = 20;
  private static final int BAR = 10;
  private static final int WIDTH = 79; // a line that wraps would not stay in its place
  private static final String CLEAR_LINE = "\u001b[2K";

  private final PrintStream out;
  private int lines;
  private long shownNanos = System.nanoTime() - EVERY.toNanos();

  LoadBars(PrintStream out) {
    this.out = out;
  }

  /** Draws them, unless that was done a moment ago. */
  void show(LoadProgress load) {
    if (System.nanoTime() - shownNanos >= EVERY.toNanos()) {
      shownNanos = System.nanoTime();
      draw(load);
    }
  }

  /** Draws them for the last time and leaves them above what follows. */
  void close(LoadProgress load) {
    draw(load);
  }

  private void draw(LoadProgress load) {
    List<String> next = lines(load);
    StringBuilder text = new StringBuilder();
    if (lines > 0) {
      text.append("\u001b[").append(lines).append('A');
    }
    next.forEach(line -> text.append('\r').append(CLEAR_LINE).append(line).append('\n'));
    for (int i = next.size(); i < lines; i++) {
      text.append('\r').append(CLEAR_LINE).append('\n');
    }
    if (lines > next.size()) {
      text.append("\u001b[").append(lines - next.size()).append('A');
    }
    lines = next.size();
    out.print(text);
    out.flush();
  }

  /** What is shown, without anything that moves a cursor; no line is longer than 79 characters. */
  static List<String> lines(LoadProgress load) {
    List<String> lines = new ArrayList<>();
    long done = load.tables().stream().filter(TableProgress::done).count();
    lines.add(
        line(
            String.format(Locale.ROOT, "load %d/%d tables", done, load.tables().size()),
            load.rows(),
            load.estimatedRows(),
            load.bytes(),
            String.format(
                Locale.ROOT,
                "%s/s%s",
                LoadText.count(LoadText.rowsPerSecond(load)),
                LoadText.left(load))));
    load.tables().stream()
        .filter(t -> !t.done() && t.rows() > 0)
        .sorted(Comparator.comparingLong(TableProgress::estimatedBytes).reversed())
        .limit(MOST_TABLES)
        .forEach(
            t ->
                lines.add(
                    line(
                        t.table().toString(),
                        t.rows(),
                        Math.max(t.rows(), t.estimatedRows()),
                        t.bytes(),
                        "")));
    return lines;
  }

  private static String line(String name, long rows, long estimate, long bytes, String end) {
    double part = estimate == 0 ? 1 : Math.min(1, (double) rows / estimate);
    int full = (int) (part * BAR);
    String line =
        String.format(
            Locale.ROOT,
            "%-" + NAME + "s [%s%s] %3d%% %s/%s %s %s",
            name.length() > NAME ? name.substring(0, NAME - 1) + "~" : name,
            "=".repeat(full),
            " ".repeat(BAR - full),
            (int) (part * 100),
            LoadText.count(rows),
            LoadText.count(estimate),
            LoadText.size(bytes),
            end);
    return line.substring(0, Math.min(WIDTH, line.length())).strip();
  }
}
