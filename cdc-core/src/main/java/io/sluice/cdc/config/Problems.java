package io.sluice.cdc.config;

import io.sluice.cdc.error.ConfigurationException;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects what is wrong with a configuration, so that all of it is told at once. Not thread-safe.
 */
public final class Problems {
  private final List<String> problems = new ArrayList<>();

  /**
   * Adds a problem.
   *
   * @param key the setting, e.g. {@code batch.maxRows}
   * @param value what was given
   * @param allowed what is allowed, e.g. {@code is not within 1 to 10}
   */
  public void add(String key, Object value, String allowed) {
    problems.add(key + ": '" + value + "' " + allowed);
  }

  /** Adds a problem in its own words. */
  public void add(String problem) {
    problems.add(problem);
  }

  /** Adds a missing setting. */
  public void missing(String key, String what) {
    problems.add(key + ": is missing; give " + what);
  }

  /** Adds a problem unless the value is within the bounds. */
  public void range(String key, long value, long min, long max) {
    if (value < min || value > max) {
      add(key, value, "is not within " + min + " to " + max);
    }
  }

  /** Whether nothing was found. */
  public boolean isEmpty() {
    return problems.isEmpty();
  }

  /**
   * Ends the check.
   *
   * @throws ConfigurationException when there is any problem
   */
  public void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }
}
