package io.sluice.cdc.bench.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a soak showed, minute by minute. Thread-safe. */
public final class SoakResult implements BiConsumer<String, String> {
  private static final long MINUTE = 60_000_000_000L;

  private final Consumer<String> progress;
  private final List<Minute> minutes = new ArrayList<>();
  private final List<Double> lags = new ArrayList<>();
  private long rows;
  private long rowsBefore;
  private long rssMiB;
  private long keptMiB;
  private long peak;
  private long minuteBegan;
  private boolean running;
  private @Nullable Sample sample;

  /**
   * A minute.
   *
   * @param rows promoted
   * @param p50 of the commits' latencies in ms, each that of the oldest change in the commit
   * @param worst of them
   * @param rssMiB resident memory at its end
   * @param keptMiB heap that the last collection left
   */
  private record Minute(long rows, double p50, double worst, long rssMiB, long keptMiB) {}

  public SoakResult(Consumer<String> progress) {
    this.progress = progress;
  }

  /** What the pipeline's process tells. */
  @Override
  public synchronized void accept(String name, String value) {
    String[] words = value.split(" ");
    if (name.equals("memory")) {
      rssMiB = Long.parseLong(words[0]) >> 20;
      keptMiB = Long.parseLong(words[1]) >> 20;
    }
    if (name.equals("promoted")) {
      rows += Long.parseLong(words[2]);
      if (Long.parseLong(words[4]) > 0) {
        lags.add((Long.parseLong(words[1]) - Long.parseLong(words[4])) / 1e3);
      }
      notifyAll();
      if (running && System.nanoTime() - minuteBegan >= MINUTE) {
        endMinute();
      }
    }
  }

  /** Waits until so many rows have been promoted. */
  public synchronized void awaitRows(long wanted) throws InterruptedException {
    while (rows < wanted) {
      wait();
    }
  }

  /** What writers and pipeline reached together, in rows a second. */
  public synchronized void peak(long rowsPerSecond) {
    peak = rowsPerSecond;
    progress.accept("soak: the peak is " + peak + " rows/s; half of it from now on");
  }

  /** The soak begins. */
  public synchronized void begin() {
    running = true;
    beginMinute();
  }

  /** The soak ends. */
  public synchronized void end() {
    running = false;
  }

  private void beginMinute() {
    minuteBegan = System.nanoTime();
    rowsBefore = rows;
    lags.clear();
  }

  private void endMinute() {
    double[] sorted = lags.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    Minute minute =
        new Minute(
            rows - rowsBefore,
            sorted[sorted.length / 2],
            sorted[sorted.length - 1],
            rssMiB,
            keptMiB);
    minutes.add(minute);
    progress.accept("soak, minute " + minutes.size() + ": " + Arrays.toString(cells(minute)));
    beginMinute();
  }

  /** The run as a whole. */
  public synchronized void sample(Sample whole) {
    sample = whole;
  }

  private static String[] cells(Minute minute) {
    return new String[] {
      Text.number(minute.rows / 60.0, 0),
      Text.number(minute.p50, 0),
      Text.number(minute.worst, 0),
      Long.toString(minute.rssMiB),
      Long.toString(minute.keptMiB)
    };
  }

  /** For people. */
  public synchronized String table() {
    Text table =
        new Text().line("soak", "minute", "rows/s", "p50 ms", "worst ms", "RSS MiB", "kept MiB");
    for (int i = 0; i < minutes.size(); i++) {
      List<String> line = new ArrayList<>(List.of("soak", Integer.toString(i + 1)));
      line.addAll(List.of(cells(minutes.get(i))));
      table.line(line.toArray(String[]::new));
    }
    Sample whole = sample;
    return table
        + "peak "
        + Text.number(peak, 0)
        + " rows/s"
        + (whole == null ? "" : ", CPU us/row " + Text.number(whole.cpuMicrosPerRow(), 2))
        + "\n";
  }

  /** For programs. */
  public synchronized ObjectNode json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("case", "soak").put("peakRowsPerSecond", peak);
    for (Minute minute : minutes) {
      node.withArray("minutes")
          .addObject()
          .put("rowsPerSecond", minute.rows / 60)
          .put("p50Millis", minute.p50)
          .put("worstMillis", minute.worst)
          .put("rssMiB", minute.rssMiB)
          .put("keptHeapMiB", minute.keptMiB);
    }
    return node;
  }
}
