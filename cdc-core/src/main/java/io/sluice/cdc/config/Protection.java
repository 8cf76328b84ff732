package io.sluice.cdc.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the values of a column before they leave the process: in load rows, changes, the
 * rows of deletes, and everything that is told. NULL stays NULL, except for {@link #redact(String)}
 * and {@link #drop()}. Immutable.
 *
 * @param action what is done
 * @param length characters (or bytes of a binary column) that stay, for {@link Action#MASK} and
 *     {@link Action#TRUNCATE}; else 0
 * @param constant what stands in place of every value, for {@link Action#REDACT}; null for NULL
 */
public record Protection(Action action, int length, @Nullable String constant) {
  private static final int MOST = 1 << 20;

  /** What can be done. */
  public enum Action {
    /** Nothing; it ends the search for a rule. */
    KEEP,
    /**
     * The HMAC-SHA-256 of the value with the secret, as 64 hexadecimal digits; equal values stay
     * equal.
     */
    HASH,
    /** All characters but the last become {@code *}. */
    MASK,
    /** NULL, or a constant. */
    REDACT,
    /** Only the first characters stay. */
    TRUNCATE,
    /** The column is in no file. */
    DROP
  }

  /** Checks the parameters. */
  public Protection {
    if (length < 0 || length > MOST) {
      throw new IllegalArgumentException("is not within 0 to " + MOST);
    }
  }

  /** The values as they are. */
  public static Protection keep() {
    return new Protection(Action.KEEP, 0, null);
  }

  /** {@link Action#HASH}; for all types. */
  public static Protection hash() {
    return new Protection(Action.HASH, 0, null);
  }

  /**
   * {@link Action#MASK}; for all types but binary ones. A value that has no more characters than
   * are kept is masked as a whole.
   *
   * @param keepLast characters that stay, 0 to 1048576
   * @throws IllegalArgumentException outside of these
   */
  public static Protection mask(int keepLast) {
    return new Protection(Action.MASK, keepLast, null);
  }

  /** {@link Action#REDACT} to NULL; for all types. */
  public static Protection redact() {
    return new Protection(Action.REDACT, 0, null);
  }

  /** {@link Action#REDACT} to a constant text, also in place of NULL; for all types. */
  public static Protection redact(String constant) {
    return new Protection(Action.REDACT, 0, constant);
  }

  /**
   * {@link Action#TRUNCATE}; for text and binary columns.
   *
   * @param keepFirst characters, or bytes, that stay, 0 to 1048576
   * @throws IllegalArgumentException outside of these
   */
  public static Protection truncate(int keepFirst) {
    return new Protection(Action.TRUNCATE, keepFirst, null);
  }

  /** {@link Action#DROP}; for all types. */
  public static Protection drop() {
    return new Protection(Action.DROP, 0, null);
  }

  /** The action, and what stays, without the constant: {@code mask(4)}. */
  @Override
  public String toString() {
    String name = action.name().toLowerCase(Locale.ROOT);
    return action == Action.MASK || action == Action.TRUNCATE ? name + "(" + length + ")" : name;
  }
}
