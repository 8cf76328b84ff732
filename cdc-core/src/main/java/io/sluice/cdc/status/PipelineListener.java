package io.sluice.cdc.status;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Told what happens. Calls come from the pipeline's own threads, one at a time for each method, and
 * must return soon; what a listener throws is logged and otherwise ignored.
 */
public interface PipelineListener {
  /** The pipeline has moved on. */
  default void stateChanged(PipelineState state) {}

  /** The full load has moved on; at most a few times a second. */
  default void loadProgress(LoadProgress progress) {}

  /** A commit was made, in order of their numbers. */
  default void committed(CommitInfo commit) {}

  /**
   * All files of a commit are readable in the final place, in order of the commits.
   *
   * @param commit the commit
   * @param promotedAt when
   */
  default void promoted(CommitInfo commit, Instant promotedAt) {}

  /**
   * The pipeline has ended.
   *
   * @param failure why, or null when it ended as asked
   */
  default void ended(@Nullable Throwable failure) {}
}
