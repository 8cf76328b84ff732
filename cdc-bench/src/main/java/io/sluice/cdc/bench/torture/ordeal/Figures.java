package io.sluice.cdc.bench.torture.ordeal;

import io.sluice.cdc.testkit.fault.Fault;
import io.sluice.cdc.testkit.fault.FaultRule;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What was done to the victims, counted by kind. Used by one thread. */
public final class Figures {
  private final Map<String, Long> counts = new TreeMap<>();

  /** Counts one more. */
  public void count(String kind) {
    count(kind, 1);
  }

  /** Counts some more. */
  public void count(String kind, long more) {
    if (more > 0) {
      counts.merge(kind, more, Long::sum);
    }
  }

  /** Counts how often a rule fired. */
  void count(FaultRule rule) {
    count("s3 " + name(rule.fault()), rule.fired());
  }

  private static String name(Fault fault) {
    if (fault instanceof Fault.Answer answer) {
      return answer.status() + " " + answer.code();
    }
    return fault.getClass().getSimpleName();
  }

  /** Takes the figures of a round. */
  public void add(Figures other) {
    other.counts.forEach(this::count);
  }

  /** How many of one kind. */
  public long of(String kind) {
    return counts.getOrDefault(kind, 0L);
  }

  /** On one line. */
  public String inWords() {
    return counts.entrySet().stream()
        .map(e -> e.getKey() + " ×" + e.getValue())
        .collect(Collectors.joining(", "));
  }

  /** By kind. */
  public Map<String, Long> counts() {
    return Map.copyOf(counts);
  }
}
