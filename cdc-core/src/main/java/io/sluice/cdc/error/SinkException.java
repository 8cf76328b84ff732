package io.sluice.cdc.error;

import org.jspecify.annotations.Nullable;

/** The sink cannot stage, commit or promote; nothing was acknowledged. */
public class SinkException extends CdcException {
  private static final long serialVersionUID = 1L;

  /** See {@link CdcException#CdcException(String, String)}. */
  public SinkException(String problem, String remedy) {
    super(problem, remedy);
  }

  /** See {@link CdcException#CdcException(String, String, Throwable)}. */
  public SinkException(String problem, String remedy, @Nullable Throwable cause) {
    super(problem, remedy, cause);
  }
}
