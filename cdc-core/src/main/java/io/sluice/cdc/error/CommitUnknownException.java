package io.sluice.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * A commit was sent and its outcome could not be learnt; nothing was cleaned up, the next start
 * finds out.
 */
public class CommitUnknownException extends CdcException {
  private static final long serialVersionUID = 1L;

  /** See {@link CdcException#CdcException(String, String)}. */
  public CommitUnknownException(String problem, String remedy) {
    super(problem, remedy);
  }

  /** See {@link CdcException#CdcException(String, String, Throwable)}. */
  public CommitUnknownException(String problem, String remedy, @Nullable Throwable cause) {
    super(problem, remedy, cause);
  }
}
