package io.sluice.cdc.bench.torture.bystander;

/** The merge into the lake failed though nothing was done to it any more. */
public final class MergeFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  MergeFailedException(String message) {
    super(message);
  }
}
