package io.sluice.cdc.config;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The secret of {@link Protection.Action#HASH}. Immutable; in no text form. */
public final class HashSecret {
  /** Characters that it must have at least. */
  public static final int MIN_LENGTH = 16;

  private final byte[] bytes;

  private HashSecret(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A secret.
   *
   * @param text its UTF-8 bytes are the key
   * @throws IllegalArgumentException when it has fewer than {@value #MIN_LENGTH} characters
   */
  public static HashSecret of(String text) {
    if (text.length() < MIN_LENGTH) {
      throw new IllegalArgumentException(
          "has "
              + text.length()
              + " characters; an attacker could guess it, give at least "
              + MIN_LENGTH);
    }
    return new HashSecret(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A copy of the key's bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HashSecret that && Arrays.equals(that.bytes, bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "***";
  }
}
