package io.sluice.cdc.bench.child;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The process that is measured. It reads {@link Settings}, does the job that they name, prints
 * results and ends. The line {@code stop} ends a job that has no end; the end of its input, which
 * is the end of its parent, ends it at once.
 */
public final class ChildMain {
  private static final Map<String, Job> JOBS =
      Map.of(
          "jdbc", new JdbcWire(),
          "debezium-snapshot", new DebeziumSnapshot(),
          "debezium-note", new DebeziumNote(),
          "debezium-stream", new DebeziumStream(),
          "binlog-client", new BinlogClientStream(),
          "sluice-load", new SluiceLoad(),
          "sluice-note", new SluiceNote(),
          "sluice-stream", new SluiceStream(),
          "sluice-follow", new SluiceFollow());

  private ChildMain() {}

  public static void main(String[] arguments) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Settings settings = Settings.read(in);
    Meter meter = new Meter(settings.values().containsKey("byThread"));
    Thread listener = new Thread(() -> listen(in, meter), "parent");
    listener.setDaemon(true);
    listener.start();
    Job job = JOBS.get(settings.text("job"));
    if (job == null) {
      throw new IllegalArgumentException(
          "There is no job " + settings.text("job") + "; there are " + JOBS.keySet());
    }
    job.run(settings, meter);
    System.exit(0); // a baseline's left-over threads must not keep the process
  }

  private static void listen(BufferedReader in, Meter meter) {
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.equals("stop")) {
          meter.stop();
        }
      }
    } catch (IOException e) {
      // The parent is gone as well.
    }
    Runtime.getRuntime().halt(3);
  }
}
