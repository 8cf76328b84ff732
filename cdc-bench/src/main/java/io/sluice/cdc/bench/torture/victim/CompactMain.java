package io.sluice.cdc.bench.torture.victim;

import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.s3.Compaction;
import io.sluice.cdc.s3.CompactionReport;
import io.sluice.cdc.s3.S3Sink;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

/**
 * Compacts a pipeline's files again and again until it is killed, or once with {@code once=true}.
 * Its clock is ahead, for only days that are over are compacted. When its standard input ends, the
 * torturer is gone and so is this process.
 */
public final class CompactMain {
  private static final Duration AHEAD = Duration.ofDays(3);

  /** Replaced files stay so long: a reader that lists has to come by meanwhile. */
  private static final Duration KEEP = Duration.ofSeconds(4);

  private static final Duration PAUSE = Duration.ofMillis(300);

  private CompactMain() {}

  /** Says {@code staged} with the number of files, {@code deleted}, and {@code refused}. */
  public static void main(String[] words) throws InterruptedException {
    Voice voice = new Voice(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    VictimSettings settings = VictimSettings.parse(words);
    boolean once = settings.once();
    Thread orphaned = new Thread(CompactMain::awaitOrphaned, "torture-orphaned");
    orphaned.setDaemon(true);
    orphaned.start();
    try (S3Sink sink = settings.sink()) {
      do {
        compact(sink, new PipelineId(settings.text("pipeline")), once, voice);
        Thread.sleep(once ? 0 : PAUSE.toMillis());
      } while (!once);
    }
  }

  /** The last run of a round only tidies up: what it staged would wait for a pipeline. */
  private static void compact(S3Sink sink, PipelineId pipeline, boolean last, Voice voice)
      throws InterruptedException {
    try {
      if (sink.look(pipeline) == null) {
        return; // the pipeline has not begun
      }
      CompactionReport report =
          sink.compact(
              pipeline,
              Compaction.DEFAULT
                  .withMinFiles(last ? 1_000_000 : 3)
                  .withKeep(AHEAD.plus(KEEP))
                  .withClock(Clock.offset(Clock.systemUTC(), AHEAD)),
              text -> {});
      report.skipped().forEach(why -> voice.say("skipped", why));
      voice.say("compacted", String.valueOf(report.filesAfter()));
      voice.say("deleted", String.valueOf(report.deletedFiles()));
    } catch (CdcException e) {
      System.err.println("compaction failed: " + e.getMessage());
      voice.say("refused", e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  private static void awaitOrphaned() {
    try {
      while (System.in.read() >= 0) {
        // nobody says anything
      }
    } catch (IOException e) {
      System.err.println("standard input broke: " + e);
    }
    Runtime.getRuntime().halt(1);
  }
}
