package io.sluice.cdc.error;

import org.jspecify.annotations.Nullable;

/** The state in the bucket is damaged, incomplete or of a format this version does not know. */
public class StateException extends CdcException {
  private static final long serialVersionUID = 1L;

  /** See {@link CdcException#CdcException(String, String)}. */
  public StateException(String problem, String remedy) {
    super(problem, remedy);
  }

  /** See {@link CdcException#CdcException(String, String, Throwable)}. */
  public StateException(String problem, String remedy, @Nullable Throwable cause) {
    super(problem, remedy, cause);
  }
}
