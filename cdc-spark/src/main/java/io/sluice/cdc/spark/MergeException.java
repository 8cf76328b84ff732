package io.sluice.cdc.spark;

import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.event.TableName;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Some tables could not be merged; the others were. What was merged stays and is not repeated. */
public final class MergeException extends CdcException {
  private static final long serialVersionUID = 1L;

  private final transient Map<TableName, Exception> failures;

  MergeException(Map<TableName, Exception> failures) {
    super(
        "These tables were not merged: "
            + failures.entrySet().stream()
                .map(e -> e.getKey() + " (" + e.getValue().getMessage() + ")")
                .collect(Collectors.joining(", ")),
        "The others were; once the reason is gone, run it again: it goes on from there",
        failures.values().iterator().next());
    this.failures = new TreeMap<>(failures);
  }

  /** Each table that was not merged, and why. */
  public Map<TableName, Exception> failures() {
    return Map.copyOf(failures);
  }
}
