package io.sluice.cdc.sink;

import io.sluice.cdc.error.CdcException;

/** How a commit ended. The compiler asks for all three. */
public sealed interface CommitOutcome {
  /** It is committed, for good. */
  record Committed(CommitReceipt receipt) implements CommitOutcome {}

  /**
   * It is certainly not committed and never will be; what was staged has been discarded.
   *
   * @param reason why, e.g. fenced by another writer
   */
  record NotCommitted(CdcException reason) implements CommitOutcome {}

  /**
   * Nobody knows. Nothing was cleaned up; the next {@link Sink#open} finds out.
   *
   * @param reason why
   */
  record Unknown(CdcException reason) implements CommitOutcome {}
}
