package io.sluice.cdc.examples.terminal;

import io.sluice.cdc.status.PipelineStatus;

/** Shows how a pipeline gets on. Called by one thread, several times a second. */
public interface Progress extends AutoCloseable {
  /** What there is now; decides itself whether it is time to show it. */
  void show(PipelineStatus status);

  /** The last word: the pipeline has ended, and this is how it stands. */
  void end(PipelineStatus status);

  @Override
  void close();

  /** A bar and a living line on a terminal, a line now and then elsewhere; on standard error. */
  static Progress forPeople() {
    return Terminal.isThere() ? new TerminalProgress(System.err) : new LineProgress(System.err);
  }
}
