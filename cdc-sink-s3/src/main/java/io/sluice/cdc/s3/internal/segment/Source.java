package io.sluice.cdc.s3.internal.segment;

import org.jspecify.annotations.Nullable;

/** Fetches objects. Called by several threads at once. */
@FunctionalInterface
public interface Source {
  /**
   * Fetches an object.
   *
   * @return its bytes, null when there is no such object
   * @throws io.sluice.cdc.error.SinkException when it cannot be fetched
   */
  byte @Nullable [] get(String key) throws InterruptedException;
}
