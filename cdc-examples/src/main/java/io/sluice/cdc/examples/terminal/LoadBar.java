package io.sluice.cdc.examples.terminal;

import io.sluice.cdc.status.LoadProgress;
import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** The progress bar of a full load. */
public final class LoadBar implements AutoCloseable {
  private static final int WIDTH = 100;
  private static final int UPDATE_MILLIS = 250;

  private final ProgressBar bar;

  /** Draws on a terminal. */
  public LoadBar(PrintStream out) {
    this.bar =
        new ProgressBarBuilder()
            .setTaskName("load")
            .setInitialMax(0)
            .setUnit(" rows", 1)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .setConsumer(new ConsoleProgressBarConsumer(out, WIDTH))
            .showSpeed()
            .build();
  }

  /** Moves it. */
  public void show(LoadProgress load) {
    bar.maxHint(Math.max(1, load.estimatedRows()));
    bar.stepTo(load.rows());
  }

  @Override
  public void close() {
    bar.close();
  }
}
