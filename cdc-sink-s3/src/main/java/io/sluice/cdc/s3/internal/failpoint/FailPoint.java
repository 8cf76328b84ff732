package io.sluice.cdc.s3.internal.failpoint;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A named place at which a test can let the process die as {@code kill -9} would: {@code
 * SLUICE_FAILPOINT=name:nth} dies at the nth passing of that place. Without the variable a passing
 * is a test of a constant.
 */
public enum FailPoint {
  /** A file, or a part of one, is stored under the temporary prefix. */
  AFTER_STAGED_PART,
  /** Every file of a stage is stored. */
  AFTER_LAST_STAGED_FILE,
  /** The record is about to be sent. */
  BEFORE_COMMIT_PUT,
  /** The record is in the log. */
  AFTER_COMMIT_PUT,
  /** One file of a commit is in the final place. */
  BETWEEN_PROMOTED_FILES,
  /** All files of a commit are in the final place, the staged ones still there. */
  BEFORE_STAGED_DELETE,
  /** The state has been read, older writers' leftovers are being dealt with. */
  DURING_RECOVERY,
  /** The claim is in the log. */
  DURING_CLAIM,
  /** A checkpoint has been written, old ones are still there. */
  DURING_CHECKPOINT,
  /** A compacted file is staged, nobody was asked to take it. */
  AFTER_COMPACTED_STAGED,
  /** Somebody was asked to take a compacted file. */
  AFTER_COMPACTION_REQUEST,
  /** A compaction is committed and promoted, its requests are still there. */
  BEFORE_REQUEST_REMOVAL,
  /** Some of the files that a compaction replaced are deleted. */
  DURING_REPLACED_DELETE;

  private static final @Nullable String SET = System.getenv("SLUICE_FAILPOINT");
  private static final boolean ENABLED = SET != null;
  private static final AtomicInteger PASSED = new AtomicInteger();

  /** Dies here if this is the place and the time. */
  public void pass() {
    if (ENABLED) {
      dieWhenDue();
    }
  }

  private void dieWhenDue() {
    String[] parts = String.valueOf(SET).split(":", 2);
    int nth = parts.length < 2 ? 1 : Integer.parseInt(parts[1]);
    if (parts[0].equals(text()) && PASSED.incrementAndGet() == nth) {
      Runtime.getRuntime().halt(137);
    }
  }

  private String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
