package io.sluice.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * Another writer has taken over the pipeline; this one must stop and has committed nothing since.
 */
public class FencedException extends CdcException {
  private static final long serialVersionUID = 1L;

  /** See {@link CdcException#CdcException(String, String)}. */
  public FencedException(String problem, String remedy) {
    super(problem, remedy);
  }

  /** See {@link CdcException#CdcException(String, String, Throwable)}. */
  public FencedException(String problem, String remedy, @Nullable Throwable cause) {
    super(problem, remedy, cause);
  }
}
