package io.sluice.cdc.s3;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bucket and a prefix in it.
 *
 * @param bucket the bucket
 * @param prefix without a slash at either end; empty for the whole bucket
 */
public record S3Location(String bucket, String prefix) {
  private static final Pattern FORM =
      Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*))?");

  /**
   * Reads {@code s3://bucket/prefix}.
   *
   * @throws IllegalArgumentException when it is not one, saying what is allowed
   */
  public static S3Location parse(String text) {
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "is not of the form s3://bucket/prefix, e.g. s3://lake/raw");
    }
    String prefix = m.group(2) == null ? "" : m.group(2).replaceAll("/+$", "");
    if (prefix.startsWith("/") || prefix.contains("//")) {
      throw new IllegalArgumentException(
          "has an empty part in its prefix; write s3://bucket/part/part");
    }
    return new S3Location(m.group(1), prefix);
  }

  /** Whether everything in the other place is in this place too. */
  boolean contains(S3Location other) {
    return bucket.equals(other.bucket)
        && (prefix.isEmpty()
            || other.prefix.equals(prefix)
            || other.prefix.startsWith(prefix + "/"));
  }

  /** {@code s3://bucket/prefix}. */
  @Override
  public String toString() {
    return prefix.isEmpty() ? "s3://" + bucket : "s3://" + bucket + "/" + prefix;
  }
}
