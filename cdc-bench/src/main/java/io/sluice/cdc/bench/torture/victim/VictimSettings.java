package io.sluice.cdc.bench.torture.victim;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.config.BatchConfig;
import io.sluice.cdc.config.LoadConfig;
import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.s3.S3Sink;
import io.sluice.cdc.status.PipelineListener;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that a pipeline under torture is built from, as words of a command line. Immutable.
 */
public final class VictimSettings {
  private static final long MEMORY_BYTES = 48L << 20;
  private static final long CHUNK_BYTES = 64L << 10;
  private static final long BATCH_BYTES = 16L << 20;

  private final Map<String, String> values;

  private VictimSettings(Map<String, String> values) {
    this.values = values;
  }

  /** Nothing set yet. */
  public static VictimSettings empty() {
    return new VictimSettings(Map.of());
  }

  /** From words of the form {@code key=value}. */
  public static VictimSettings parse(String[] words) {
    VictimSettings settings = empty();
    for (String word : words) {
      int equals = word.indexOf('=');
      settings = settings.with(word.substring(0, equals), word.substring(equals + 1));
    }
    return settings;
  }

  /** These settings and another one. */
  public VictimSettings with(String key, Object value) {
    Map<String, String> more = new TreeMap<>(values);
    more.put(key, String.valueOf(value));
    return new VictimSettings(more);
  }

  /** As words of the form {@code key=value}. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    values.forEach((key, value) -> words.add(key + "=" + value));
    return words;
  }

  /** Whether the pipeline ends by itself once it has caught up. */
  boolean untilCaughtUp() {
    return Boolean.parseBoolean(values.getOrDefault("untilCaughtUp", "false"));
  }

  /** Whether a compaction is to run only once. */
  boolean once() {
    return Boolean.parseBoolean(values.getOrDefault("once", "false"));
  }

  /** Builds the pipeline; small batches, so that there are many commits to break. */
  CdcPipeline pipeline(PipelineListener listener) {
    return CdcPipeline.builder()
        .pipeline(text("pipeline"))
        .source(source())
        .sink(sink())
        .load(LoadConfig.DEFAULT.withParallelism(2).withChunkBytes(CHUNK_BYTES))
        .batch(
            new BatchConfig(
                Duration.ofMillis(number("maxAgeMillis")), number("maxRows"), BATCH_BYTES))
        .listener(listener)
        .build();
  }

  private SourceConfig source() {
    return SourceConfig.builder()
        .host(text("mysqlHost"))
        .port((int) number("mysqlPort"))
        .user(text("mysqlUser"))
        .password(text("mysqlPassword"))
        .connectTimeout(Duration.ofSeconds(10))
        .include(text("include"))
        .build();
  }

  /** The pipeline's place on S3, as its process sees it. */
  public S3Sink sink() {
    return S3Sink.builder()
        .region(text("s3Region"))
        .endpoint(URI.create(text("s3Endpoint")))
        .pathStyle(true)
        .credentials(text("s3AccessKey"), text("s3SecretKey"))
        .finalLocation(text("final"))
        .temporaryLocation(text("temporary"))
        .rowGroupBytes(1L << 20)
        .memory(MEMORY_BYTES)
        .retryFor(Duration.ofSeconds(number("retryForSeconds")))
        .build();
  }

  String text(String key) {
    String value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("The victim needs " + key + "=…");
    }
    return value;
  }

  private long number(String key) {
    return Long.parseLong(text(key));
  }
}
