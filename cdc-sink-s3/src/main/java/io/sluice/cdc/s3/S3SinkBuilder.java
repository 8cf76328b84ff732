package io.sluice.cdc.s3;

import io.sluice.cdc.config.LimitsConfig;
import io.sluice.cdc.config.Problems;
import io.sluice.cdc.s3.internal.client.Clients;
import io.sluice.cdc.s3.internal.client.RetryPolicy;
import io.sluice.cdc.s3.internal.encode.Compression;
import io.sluice.cdc.s3.internal.encode.ParquetSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Builds an {@link S3Sink}. Region, final and temporary location must be given. Not thread-safe.
 */
public final class S3SinkBuilder {
  private @Nullable String region;
  private @Nullable URI endpoint;
  private boolean pathStyle;
  private @Nullable String finalLocation;
  private @Nullable String temporaryLocation;
  private @Nullable AwsCredentials keys;
  private @Nullable S3Client client;
  private String compression = "zstd";
  private @Nullable Integer level;
  private long rowGroupBytes = ParquetSettings.DEFAULT_ROW_GROUP_BYTES;
  private long pageBytes = ParquetSettings.DEFAULT_PAGE_BYTES;
  private long memory = LimitsConfig.DEFAULT.memory();
  private Duration retryFor = RetryPolicy.DEFAULT_TOTAL;
  private Duration lookEvery = CompactionWatch.EVERY;

  S3SinkBuilder() {}

  /** {@code s3.region}, e.g. {@code eu-west-1}; required. */
  public S3SinkBuilder region(String region) {
    this.region = region;
    return this;
  }

  /** {@code s3.endpoint}: a store other than Amazon S3. */
  public S3SinkBuilder endpoint(@Nullable URI endpoint) {
    this.endpoint = endpoint;
    return this;
  }

  /** {@code s3.pathStyle}: whether the bucket goes into the path; off unless given. */
  public S3SinkBuilder pathStyle(boolean pathStyle) {
    this.pathStyle = pathStyle;
    return this;
  }

  /**
   * {@code s3.final}: where readers look, {@code s3://bucket/prefix}; required, one pipeline each.
   */
  public S3SinkBuilder finalLocation(String location) {
    this.finalLocation = location;
    return this;
  }

  /**
   * {@code s3.temporary}: where rows wait for their commit, {@code s3://bucket/prefix}; required.
   */
  public S3SinkBuilder temporaryLocation(String location) {
    this.temporaryLocation = location;
    return this;
  }

  /**
   * Fixed keys; without them the AWS default chain is asked (environment, profile, instance role
   * and so on).
   */
  public S3SinkBuilder credentials(String accessKey, String secretKey) {
    this.keys = AwsBasicCredentials.create(accessKey, secretKey);
    return this;
  }

  /** Fixed keys of a session. */
  public S3SinkBuilder credentials(String accessKey, String secretKey, String sessionToken) {
    this.keys = AwsSessionCredentials.create(accessKey, secretKey, sessionToken);
    return this;
  }

  /**
   * A client to use instead of an own one. It is lent and never closed; region, endpoint, path
   * style and credentials are then its own. It must not repeat requests by itself, or a commit
   * whose answer was lost is judged by its second answer.
   */
  public S3SinkBuilder client(S3Client client) {
    this.client = client;
    return this;
  }

  /** {@code parquet.compression}: zstd (default), snappy, gzip or uncompressed. */
  public S3SinkBuilder compression(String name) {
    this.compression = name;
    return this;
  }

  /** {@code parquet.compressionLevel}; the codec's own default unless given. */
  public S3SinkBuilder compressionLevel(int level) {
    this.level = level;
    return this;
  }

  /**
   * {@code parquet.rowGroupBytes}, 1 MiB to 1 GiB; 64 MiB unless given, and never more than a
   * quarter of the memory.
   */
  public S3SinkBuilder rowGroupBytes(long bytes) {
    this.rowGroupBytes = bytes;
    return this;
  }

  /** {@code parquet.pageBytes} before compression, 8 KiB to 64 MiB; 1 MiB unless given. */
  public S3SinkBuilder pageBytes(long bytes) {
    this.pageBytes = bytes;
    return this;
  }

  /**
   * {@code limits.memory}: what all open files and uploads may take together; 256 MiB unless given.
   */
  public S3SinkBuilder memory(long bytes) {
    this.memory = bytes;
    return this;
  }

  /**
   * {@code s3.retryFor}: how long a request is repeated while S3 is away; 10 minutes unless given.
   */
  public S3SinkBuilder retryFor(Duration duration) {
    this.retryFor = duration;
    return this;
  }

  /** For tests that do not want to wait. */
  S3SinkBuilder lookEvery(Duration duration) {
    this.lookEvery = duration;
    return this;
  }

  /** Adds what is wrong so far to the problems. */
  public void check(Problems problems) {
    if (client == null && (region == null || region.isBlank())) {
      problems.missing("s3.region", "the region of the buckets, e.g. eu-west-1");
    }
    S3Location target = location(problems, "s3.final", finalLocation);
    S3Location temporary = location(problems, "s3.temporary", temporaryLocation);
    if (target != null
        && temporary != null
        && (target.contains(temporary) || temporary.contains(target))) {
      problems.add(
          "s3.temporary",
          temporary,
          "lies in s3.final " + target + " or around it; keep them apart");
    }
    checkParquet(problems);
    problems.range("limits.memory", memory, 16L << 20, 1L << 40);
    problems.range("s3.retryFor (s)", retryFor.toSeconds(), 1, 86_400);
  }

  /**
   * Checks and builds; connects to nothing yet.
   *
   * @throws io.sluice.cdc.error.ConfigurationException with every problem
   */
  public S3Sink build() {
    Problems problems = new Problems();
    check(problems);
    problems.throwIfAny();
    Compression codec = Objects.requireNonNull(Compression.named(compression));
    ParquetSettings parquet =
        new ParquetSettings(
            codec, level == null ? codec.defaultLevel() : level, rowGroupBytes, (int) pageBytes);
    S3Client lent = client;
    String where = endpoint == null ? "Amazon S3 in " + region : endpoint.toString();
    return new S3Sink(
        lent == null
            ? Clients.create(String.valueOf(region), endpoint, pathStyle, provider())
            : lent,
        lent == null,
        lent == null ? where : "the given client's endpoint",
        S3Location.parse(String.valueOf(finalLocation)),
        S3Location.parse(String.valueOf(temporaryLocation)),
        parquet,
        memory,
        retryFor,
        lookEvery);
  }

  private void checkParquet(Problems problems) {
    Compression codec = Compression.named(compression);
    if (codec == null) {
      problems.add("parquet.compression", compression, "is not zstd, snappy, gzip or uncompressed");
    } else if (level != null && (level < codec.minLevel() || level > codec.maxLevel())) {
      problems.add(
          "parquet.compressionLevel",
          level,
          "is not within "
              + codec.minLevel()
              + " to "
              + codec.maxLevel()
              + ", the levels of "
              + codec.name().toLowerCase(Locale.ROOT));
    } else {
      String unusable = codec.unusableBecause();
      if (unusable != null) {
        problems.add("parquet.compression", compression, unusable);
      }
    }
    problems.range("parquet.rowGroupBytes", rowGroupBytes, 1L << 20, 1L << 30);
    problems.range("parquet.pageBytes", pageBytes, 8L << 10, 64L << 20);
  }

  private static @Nullable S3Location location(
      Problems problems, String key, @Nullable String text) {
    if (text == null || text.isBlank()) {
      problems.missing(key, "a place of the form s3://bucket/prefix");
      return null;
    }
    try {
      return S3Location.parse(text);
    } catch (IllegalArgumentException e) {
      problems.add(key, text, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private AwsCredentialsProvider provider() {
    AwsCredentials fixed = keys;
    return fixed == null
        ? DefaultCredentialsProvider.builder().build()
        : StaticCredentialsProvider.create(fixed);
  }
}
