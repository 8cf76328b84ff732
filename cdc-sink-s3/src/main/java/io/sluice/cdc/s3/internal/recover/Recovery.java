package io.sluice.cdc.s3.internal.recover;

import io.sluice.cdc.s3.internal.client.Bucket;
import io.sluice.cdc.s3.internal.client.RetryPolicy;
import io.sluice.cdc.s3.internal.commit.Checkpoints;
import io.sluice.cdc.s3.internal.commit.CommitLog;
import io.sluice.cdc.s3.internal.commit.Committer;
import io.sluice.cdc.s3.internal.commit.PipelineState;
import io.sluice.cdc.s3.internal.failpoint.FailPoint;
import io.sluice.cdc.s3.internal.key.Keys;
import io.sluice.cdc.s3.internal.promote.FilePromoter;
import io.sluice.cdc.s3.internal.record.LogRecord;
import io.sluice.cdc.s3.internal.record.WriterEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a pipeline over. The order of its steps is what makes it safe;
 * docs/design/commit-protocol.md says why.
 */
public final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
  private static final Duration FIRST_CONTACT = Duration.ofSeconds(15);

  /** So many records make a checkpoint worth its request. */
  public static final long CHECKPOINT_EVERY = 100;

  private final Bucket target;
  private final Bucket temporary;
  private final Keys keys;
  private final CommitLog log;
  private final Checkpoints checkpoints;
  private final FilePromoter files;
  private final ExecutorService threads;
  private final List<LogRecord> unpromoted = new ArrayList<>();

  /**
   * A recovery, to be run once.
   *
   * @param target the final bucket
   * @param temporary the temporary one
   * @param keys spells keys
   * @param log the commit log
   * @param checkpoints its checkpoints
   * @param files promotes
   * @param threads where records are read
   */
  public Recovery(
      Bucket target,
      Bucket temporary,
      Keys keys,
      CommitLog log,
      Checkpoints checkpoints,
      FilePromoter files,
      ExecutorService threads) {
    this.target = target;
    this.temporary = temporary;
    this.keys = keys;
    this.log = log;
    this.checkpoints = checkpoints;
    this.files = files;
    this.threads = threads;
  }

  /**
   * Makes the writer the only one and the bucket tidy.
   *
   * @param finalLocation as configured, for the owner's mark
   * @return the state, the claim included; every commit in it is promoted
   */
  public PipelineState run(String pipeline, WriterEntry writer, String finalLocation)
      throws InterruptedException {
    proveStore(pipeline, writer, finalLocation);
    StateReader.Found found = new StateReader(target, keys, log, checkpoints, threads).read();
    PipelineState state = found.state();
    unpromoted.addAll(found.unpromoted());
    FailPoint.DURING_RECOVERY.pass();
    claim(state, pipeline, writer);
    FailPoint.DURING_CLAIM.pass();
    promote();
    FailPoint.DURING_RECOVERY.pass();
    Orphans.remove(temporary, keys, state.epoch());
    if (state.commit() - found.checkpointed() >= CHECKPOINT_EVERY) {
      checkpoints.write(state.checkpoint(pipeline, Instant.now().toString(), state.commit()));
    }
    return state;
  }

  private void proveStore(String pipeline, WriterEntry writer, String finalLocation)
      throws InterruptedException {
    RetryPolicy brief = RetryPolicy.within(FIRST_CONTACT);
    Probe.run(target.with(brief), keys.probe(writer.id()));
    Ownership ownership = new Ownership(pipeline, finalLocation);
    ownership.claimFinal(target.with(brief), keys.finalOwner());
    ownership.claimTemporary(temporary.with(brief), keys.temporaryOwner());
  }

  private void claim(PipelineState state, String pipeline, WriterEntry writer)
      throws InterruptedException {
    while (true) {
      LogRecord claim = Committer.claim(state, pipeline, writer);
      CommitLog.Appended appended = log.append(claim);
      if (appended instanceof CommitLog.Appended.Stored) {
        state.apply(claim);
        return;
      }
      if (appended instanceof CommitLog.Appended.Taken taken) {
        state.apply(taken.other());
        if (!taken.other().staged().isEmpty()) {
          unpromoted.add(taken.other());
        }
      } else if (appended instanceof CommitLog.Appended.Refused refused) {
        throw refused.reason();
      } else if (appended instanceof CommitLog.Appended.Unknown unknown) {
        throw unknown.reason();
      }
    }
  }

  private void promote() throws InterruptedException {
    for (LogRecord commit : unpromoted) {
      LOG.info("Promoting commit {} that an earlier writer left", commit.commit());
      files.copy(commit);
      files.announce(commit, Instant.now());
      files.clean(commit);
    }
  }
}
