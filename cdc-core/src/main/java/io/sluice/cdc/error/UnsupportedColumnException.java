package io.sluice.cdc.error;

import org.jspecify.annotations.Nullable;

/** A column has a type, or holds a value, that cannot be represented exactly. */
public class UnsupportedColumnException extends CdcException {
  private static final long serialVersionUID = 1L;

  /** See {@link CdcException#CdcException(String, String)}. */
  public UnsupportedColumnException(String problem, String remedy) {
    super(problem, remedy);
  }

  /** See {@link CdcException#CdcException(String, String, Throwable)}. */
  public UnsupportedColumnException(String problem, String remedy, @Nullable Throwable cause) {
    super(problem, remedy, cause);
  }
}
