package io.sluice.cdc.examples.command;

import io.sluice.cdc.config.LimitsConfig;
import io.sluice.cdc.config.Problems;
import io.sluice.cdc.s3.S3Sink;
import io.sluice.cdc.s3.S3SinkBuilder;
import io.sluice.cdc.testkit.check.RowChecker;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The place on S3, for the sink and for the checker. Immutable; the keys are in no text form. */
final class S3Settings {
  private final S3SinkBuilder sink;
  private final @Nullable URI endpoint;
  private final String region;
  private final boolean pathStyle;
  private final String target;
  private final Optional<String> accessKey;
  private final Optional<String> secretKey;
  private final Optional<String> sessionToken;

  private S3Settings(S3SinkBuilder sink, @Nullable URI endpoint, Values values) {
    this.sink = sink;
    this.endpoint = endpoint;
    this.region = values.required(Key.S3_REGION, "unreadable");
    this.pathStyle = values.flag(Key.S3_PATH_STYLE).orElse(false);
    this.target = values.required(Key.S3_FINAL, "s3://unreadable/final");
    this.accessKey = values.text(Key.S3_ACCESS_KEY);
    this.secretKey = values.text(Key.S3_SECRET_KEY);
    this.sessionToken = values.text(Key.S3_SESSION_TOKEN);
  }

  static S3Settings of(Values values, LimitsConfig limits, Problems problems) {
    S3SinkBuilder sink = S3Sink.builder().memory(limits.memory());
    URI endpoint = values.text(Key.S3_ENDPOINT).map(text -> endpoint(text, problems)).orElse(null);
    S3Settings s3 = new S3Settings(sink, endpoint, values);
    s3.fill(values);
    s3.checkKeys(values, problems);
    sink.check(problems);
    return s3;
  }

  private void fill(Values values) {
    sink.region(region).endpoint(endpoint).pathStyle(pathStyle).finalLocation(target);
    sink.temporaryLocation(values.required(Key.S3_TEMPORARY, "s3://unreadable/temporary"));
    values.duration(Key.S3_RETRY_FOR).ifPresent(sink::retryFor);
    values.choice(Key.PARQUET_COMPRESSION).ifPresent(sink::compression);
    values
        .number(Key.PARQUET_COMPRESSION_LEVEL)
        .ifPresent(level -> sink.compressionLevel((int) Math.max(-1000, Math.min(level, 1000))));
    values.bytes(Key.PARQUET_ROW_GROUP_BYTES).ifPresent(sink::rowGroupBytes);
    values.bytes(Key.PARQUET_PAGE_BYTES).ifPresent(sink::pageBytes);
    if (accessKey.isPresent() && secretKey.isPresent()) {
      if (sessionToken.isPresent()) {
        sink.credentials(accessKey.get(), secretKey.get(), sessionToken.get());
      } else {
        sink.credentials(accessKey.get(), secretKey.get());
      }
    }
  }

  private void checkKeys(Values values, Problems problems) {
    boolean access = values.isGiven(Key.S3_ACCESS_KEY);
    boolean secret = values.isGiven(Key.S3_SECRET_KEY);
    if (access != secret) {
      Key missing = access ? Key.S3_SECRET_KEY : Key.S3_ACCESS_KEY;
      problems.missing(missing.path(), "both keys, or neither for the AWS default chain");
    } else if (values.isGiven(Key.S3_SESSION_TOKEN) && !access) {
      problems.missing(Key.S3_ACCESS_KEY.path(), "both keys together with s3.sessionToken");
    }
  }

  private static @Nullable URI endpoint(String text, Problems problems) {
    try {
      URI uri = URI.create(text);
      if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // told below, like every other text that is no address
    }
    problems.add(Key.S3_ENDPOINT.path(), text, "is not an " + Key.S3_ENDPOINT.allowed());
    return null;
  }

  /** A new sink. */
  S3Sink sink() {
    return sink.build();
  }

  /** The final location as it is configured. */
  String target() {
    return target;
  }

  /** Tells a checker where to look. */
  void tell(RowChecker.Builder checker) {
    if (endpoint != null) {
      checker.endpoint(endpoint);
    }
    checker.region(region).pathStyle(pathStyle).finalLocation(target);
    if (accessKey.isPresent() && secretKey.isPresent()) {
      checker.credentials(accessKey.get(), secretKey.get(), sessionToken.orElse(null));
    }
  }
}
