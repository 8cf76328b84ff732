package io.sluice.cdc.config;

import java.util.regex.Pattern;

/**
 * The name of a pipeline: 1 to 64 of {@code a-z A-Z 0-9 _ -}. It is part of keys and of the
 * engine's name, and only one process at a time writes for it.
 */
public record PipelineId(String value) {
  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** Checks the characters. */
  public PipelineId {
    if (!ALLOWED.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "pipeline: '" + value + "' is not 1 to 64 of the characters a-z A-Z 0-9 _ -");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
