package io.sluice.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * MySQL cannot be read safely: a privilege, a server setting, a lost position, a hazard in the
 * binlog.
 */
public class SourceException extends CdcException {
  private static final long serialVersionUID = 1L;

  /** See {@link CdcException#CdcException(String, String)}. */
  public SourceException(String problem, String remedy) {
    super(problem, remedy);
  }

  /** See {@link CdcException#CdcException(String, String, Throwable)}. */
  public SourceException(String problem, String remedy, @Nullable Throwable cause) {
    super(problem, remedy, cause);
  }
}
