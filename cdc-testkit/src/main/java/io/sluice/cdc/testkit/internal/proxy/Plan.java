package io.sluice.cdc.testkit.internal.proxy;

import io.sluice.cdc.testkit.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** All faults of one request, put together. Where two contradict each other, the later one wins. */
final class Plan {
  private static final long NEVER = Long.MAX_VALUE;

  private Duration delay = Duration.ZERO;
  private long bytesPerSecond;
  private boolean ignoresCondition;
  private boolean dropsRequest;
  private boolean losesAnswer;
  private long flipAt = NEVER;
  private long truncateAt = NEVER;
  private long cutAt = NEVER;
  private Optional<CannedAnswer> answer = Optional.empty();

  static Plan of(List<Fault> faults) {
    Plan plan = new Plan();
    faults.forEach(plan::add);
    return plan;
  }

  private void add(Fault fault) {
    if (fault instanceof Fault.Answer f) {
      answer = Optional.of(new CannedAnswer(f.status(), f.code()));
    } else if (fault instanceof Fault.ErrorInside200 f) {
      answer = Optional.of(new CannedAnswer(200, f.code()));
    } else if (fault instanceof Fault.Delay f) {
      delay = delay.plus(f.time());
    } else if (fault instanceof Fault.Throttle f) {
      bytesPerSecond = f.bytesPerSecond();
    } else {
      addRest(fault);
    }
  }

  private void addRest(Fault fault) {
    dropsRequest |= fault instanceof Fault.DropRequest;
    losesAnswer |= fault instanceof Fault.LoseAnswer;
    ignoresCondition |= fault instanceof Fault.IgnoreIfNoneMatch;
    if (fault instanceof Fault.FlipBit f) {
      flipAt = f.atByte();
    } else if (fault instanceof Fault.TruncateBody f) {
      truncateAt = f.bytes();
    } else if (fault instanceof Fault.CutBody f) {
      cutAt = f.bytes();
    }
  }

  Duration delay() {
    return delay;
  }

  /** 0 when nothing slows it down. */
  long bytesPerSecond() {
    return bytesPerSecond;
  }

  boolean ignoresCondition() {
    return ignoresCondition;
  }

  boolean dropsRequest() {
    return dropsRequest;
  }

  boolean losesAnswer() {
    return losesAnswer;
  }

  boolean truncates() {
    return truncateAt != NEVER;
  }

  boolean cuts() {
    return cutAt != NEVER;
  }

  long flipAt() {
    return flipAt;
  }

  /** Where the answer's body ends. */
  long endAt() {
    return Math.min(truncateAt, cutAt);
  }

  /** What the client gets instead of the upstream's answer. */
  Optional<CannedAnswer> answer() {
    return answer;
  }
}
