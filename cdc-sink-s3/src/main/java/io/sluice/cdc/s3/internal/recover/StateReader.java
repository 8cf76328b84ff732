package io.sluice.cdc.s3.internal.recover;

import io.sluice.cdc.s3.internal.client.Bucket;
import io.sluice.cdc.s3.internal.commit.Checkpoints;
import io.sluice.cdc.s3.internal.commit.CommitLog;
import io.sluice.cdc.s3.internal.commit.PipelineState;
import io.sluice.cdc.s3.internal.key.Keys;
import io.sluice.cdc.s3.internal.record.CheckpointRecord;
import io.sluice.cdc.s3.internal.record.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** Reads what the log adds up to; writes nothing. */
public final class StateReader {
  private final Bucket target;
  private final Keys keys;
  private final CommitLog log;
  private final Checkpoints checkpoints;
  private final ExecutorService threads;

  /**
   * A reader.
   *
   * @param target the final bucket
   * @param keys spells keys
   * @param log the commit log
   * @param checkpoints its checkpoints
   * @param threads where records are read
   */
  public StateReader(
      Bucket target, Keys keys, CommitLog log, Checkpoints checkpoints, ExecutorService threads) {
    this.target = target;
    this.keys = keys;
    this.log = log;
    this.checkpoints = checkpoints;
    this.threads = threads;
  }

  /**
   * What was found.
   *
   * @param state everything up to the last record
   * @param checkpointed the number of the newest checkpoint, 0 without one
   * @param unpromoted commits with files that nobody has announced yet, in order
   */
  public record Found(PipelineState state, long checkpointed, List<LogRecord> unpromoted) {
    /** Copies the list. */
    public Found {
      unpromoted = List.copyOf(unpromoted);
    }
  }

  /**
   * Reads the newest checkpoint and every record after it.
   *
   * @throws io.sluice.cdc.error.StateException when something is damaged or missing
   */
  public Found read() throws InterruptedException {
    Optional<CheckpointRecord> checkpoint = checkpoints.newest();
    PipelineState state = checkpoint.map(PipelineState::new).orElseGet(PipelineState::new);
    List<LogRecord> unpromoted = new ArrayList<>();
    long promoted = promotedUpTo(checkpoint.map(CheckpointRecord::promotedUpTo).orElse(0L));
    new LogReader(target, keys, log, threads)
        .read(
            Math.min(promoted, state.commit()),
            Math.max(promoted, state.commit()),
            record -> {
              if (record.commit() > state.commit()) {
                state.apply(record);
              }
              if (record.commit() > promoted && !record.staged().isEmpty()) {
                unpromoted.add(record);
              }
            });
    return new Found(state, checkpoint.map(CheckpointRecord::commit).orElse(0L), unpromoted);
  }

  private long promotedUpTo(long known) throws InterruptedException {
    String after = known == 0 ? "" : keys.promoted(known);
    return target.list(keys.promotedPrefix(), after).stream()
        .mapToLong(Keys::numberOf)
        .max()
        .orElse(known);
  }
}
