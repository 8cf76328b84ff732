package io.sluice.cdc.bench.torture.victim;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.error.CdcException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Runs one pipeline and tells what happens, an event a line. Takes commands from standard input;
 * when that ends, the torturer is gone and so is this process.
 */
public final class VictimMain {
  /** Asks the pipeline to end once it has caught up. */
  static final String CATCH_UP = "catch-up";

  /** Closes the pipeline twice, from two threads at once. */
  static final String CLOSE_TWICE = "close-twice";

  private static final int ORPHANED = 99;

  private VictimMain() {}

  /** Ends with 0 as asked, or with 1 and the event {@code loud}. */
  public static void main(String[] words) {
    Voice voice = new Voice(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    VictimSettings settings = VictimSettings.parse(words);
    CdcPipeline pipeline = settings.pipeline(voice);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> closeTwice(pipeline), "torture-close"));
    Thread commands = new Thread(() -> obey(pipeline), "torture-commands");
    commands.setDaemon(true);
    commands.start();
    if (settings.untilCaughtUp()) {
      pipeline.stopWhenCaughtUp();
    }
    pipeline.start();
    System.exit(awaitEnd(pipeline, voice));
  }

  private static int awaitEnd(CdcPipeline pipeline, Voice voice) {
    try {
      pipeline.awaitEnd();
      voice.say("ended", "");
      return 0;
    } catch (CdcException e) {
      voice.say("loud", e.getClass().getSimpleName() + ": " + e.getMessage());
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private static void obey(CdcPipeline pipeline) {
    try (BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String command = commands.readLine(); command != null; command = commands.readLine()) {
        switch (command) {
          case CATCH_UP -> pipeline.stopWhenCaughtUp();
          case CLOSE_TWICE -> closeTwice(pipeline);
          default -> throw new IllegalArgumentException("unknown command " + command);
        }
      }
    } catch (IOException e) {
      System.err.println("standard input broke: " + e);
    }
    Runtime.getRuntime().halt(ORPHANED);
  }

  private static void closeTwice(CdcPipeline pipeline) {
    Thread other = new Thread(pipeline::close, "torture-close-too");
    other.start();
    pipeline.close();
    try {
      other.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
