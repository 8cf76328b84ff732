package io.sluice.cdc.testkit.internal.check;

/**
 * A place such as {@code s3://lake/raw}.
 *
 * @param bucket the bucket
 * @param prefix the prefix, empty or ending in a slash
 */
public record Location(String bucket, String prefix) {
  private static final String SCHEME = "s3://";

  /** Reads {@code s3://bucket/prefix}. */
  public static Location parse(String text) {
    if (!text.startsWith(SCHEME) || text.length() == SCHEME.length()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a location; write s3://bucket/prefix");
    }
    String rest = text.substring(SCHEME.length()).replaceAll("/+$", "");
    int slash = rest.indexOf('/');
    return slash < 0
        ? new Location(rest, "")
        : new Location(rest.substring(0, slash), rest.substring(slash + 1) + "/");
  }

  /** The key of the object that a record names, be it by key or by {@code s3://} address. */
  String keyOf(String named) {
    String own = SCHEME + bucket + "/";
    return named.startsWith(own) ? named.substring(own.length()) : named;
  }
}
