package io.sluice.cdc.testkit.internal.process;

import java.util.Locale;
import java.util.Optional;

/**
 * Reads a setting from a system property, else from the environment ({@code a.b.c} is {@code A_B_C}
 * there).
 */
public final class Setting {
  private Setting() {}

  /** The value, trimmed; empty when it is not set or blank. */
  public static Optional<String> of(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      value = System.getenv(environmentName(name));
    }
    return Optional.ofNullable(value).map(String::trim).filter(text -> !text.isEmpty());
  }

  static String environmentName(String name) {
    return name.replace('.', '_').toUpperCase(Locale.ROOT);
  }
}
