package io.sluice.cdc.testkit.fault;

import java.util.concurrent.atomic.AtomicLong;

/** A fault for the requests that a match chooses, and how often that came to pass. Thread-safe. */
public final class FaultRule {
  private final RequestMatch match;
  private final Fault fault;
  private final AtomicLong matched = new AtomicLong();
  private final AtomicLong fired = new AtomicLong();

  public FaultRule(RequestMatch match, Fault fault) {
    this.match = match;
    this.fault = fault;
  }

  /** How many requests fitted, whether it was their turn or not. */
  public long matched() {
    return matched.get();
  }

  /** How many requests got the fault. */
  public long fired() {
    return fired.get();
  }

  public Fault fault() {
    return fault;
  }

  /** Counts the request; true when it is to get the fault. */
  public boolean meets(S3Request request) {
    if (!match.fits(request) || !match.isMeant(matched.incrementAndGet())) {
      return false;
    }
    fired.incrementAndGet();
    return true;
  }
}
