package io.sluice.cdc.bench.torture.victim;

import io.sluice.cdc.bench.torture.process.TalkingProcess;
import io.sluice.cdc.status.CommitInfo;
import io.sluice.cdc.status.PipelineListener;
import io.sluice.cdc.status.PipelineState;
import java.io.PrintStream;
import java.time.Instant;

/** Writes events as lines of three parts: mark, name, text. Thread-safe. */
final class Voice implements PipelineListener {
  private final PrintStream out;

  Voice(PrintStream out) {
    this.out = out;
  }

  void say(String name, String text) {
    out.println(TalkingProcess.MARK + " " + name + " " + text.replaceAll("\\R", " "));
  }

  @Override
  public void stateChanged(PipelineState state) {
    say("state", state.name());
  }

  @Override
  public void committed(CommitInfo commit) {
    say("committed", String.valueOf(commit.commit()));
  }

  @Override
  public void promoted(CommitInfo commit, Instant promotedAt) {
    say("promoted", String.valueOf(commit.commit()));
  }
}
