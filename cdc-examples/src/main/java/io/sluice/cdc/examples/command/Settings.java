package io.sluice.cdc.examples.command;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.config.BatchConfig;
import io.sluice.cdc.config.HashSecret;
import io.sluice.cdc.config.LimitsConfig;
import io.sluice.cdc.config.LoadConfig;
import io.sluice.cdc.config.LoadMode;
import io.sluice.cdc.config.NewColumns;
import io.sluice.cdc.config.OnValueChange;
import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.config.Problems;
import io.sluice.cdc.config.ProtectionConfig;
import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.config.TlsMode;
import io.sluice.cdc.config.TypesConfig;
import io.sluice.cdc.event.ZeroDates;
import java.util.Locale;
import java.util.Optional;

/**
 * All that a configuration file says, checked. Immutable; secrets are in no text form.
 *
 * @param pipeline the pipeline's id
 * @param source builds the source
 * @param load full loads
 * @param batch when changes are committed
 * @param types choices in the mapping of types
 * @param protection which values are changed or left out
 * @param limits limits that hold
 * @param s3 the place on S3
 */
record Settings(
    String pipeline,
    SourceConfig.Builder source,
    LoadConfig load,
    BatchConfig batch,
    TypesConfig types,
    ProtectionConfig protection,
    LimitsConfig limits,
    S3Settings s3) {

  /** Reads every section and adds all problems. */
  static Settings of(Values values, Problems problems) {
    String pipeline = pipeline(values, problems);
    SourceConfig.Builder source = source(values);
    source.check(problems);
    LoadConfig load = load(values);
    load.check(problems);
    BatchConfig batch = batch(values);
    batch.check(problems);
    LimitsConfig limits =
        values.bytes(Key.LIMITS_MEMORY).map(LimitsConfig::new).orElse(LimitsConfig.DEFAULT);
    TypesConfig types = types(values, problems);
    ProtectionConfig protection = protection(values, problems);
    protection.check(problems);
    S3Settings s3 = S3Settings.of(values, limits, problems);
    return new Settings(pipeline, source, load, batch, types, protection, limits, s3);
  }

  private static String pipeline(Values values, Problems problems) {
    if (!values.isGiven(Key.PIPELINE)) {
      problems.missing(Key.PIPELINE.path(), "a name of " + Key.PIPELINE.allowed());
    }
    String id = values.text(Key.PIPELINE).orElse("unnamed");
    try {
      return new PipelineId(id).value();
    } catch (IllegalArgumentException e) {
      problems.add(Key.PIPELINE.path(), id, "is not " + Key.PIPELINE.allowed());
      return id;
    }
  }

  private static SourceConfig.Builder source(Values values) {
    SourceConfig.Builder source = SourceConfig.builder();
    source.host(values.required(Key.SOURCE_HOST, "unreadable"));
    source.user(values.required(Key.SOURCE_USER, "unreadable"));
    values.text(Key.SOURCE_PASSWORD).ifPresent(source::password);
    values
        .number(Key.SOURCE_PORT)
        .ifPresent(port -> source.port((int) Math.min(port, Integer.MAX_VALUE)));
    values
        .choice(Key.SOURCE_TLS)
        .ifPresent(
            tls -> source.tls(TlsMode.valueOf(tls.toUpperCase(Locale.ROOT).replace('-', '_'))));
    values.number(Key.SOURCE_SERVER_ID).ifPresent(source::serverId);
    values.duration(Key.SOURCE_CONNECT_TIMEOUT).ifPresent(source::connectTimeout);
    source.include(values.list(Key.SOURCE_INCLUDE));
    source.exclude(values.list(Key.SOURCE_EXCLUDE));
    return source;
  }

  private static TypesConfig types(Values values, Problems problems) {
    TypesConfig types =
        TypesConfig.DEFAULT.withColumns(
            new ColumnRules(problems).read(values.node(Key.TYPES_COLUMNS)));
    return values
        .choice(Key.TYPES_ZERO_DATES)
        .map(text -> ZeroDates.valueOf(text.toUpperCase(Locale.ROOT)))
        .map(types::withZeroDates)
        .orElse(types);
  }

  private static ProtectionConfig protection(Values values, Problems problems) {
    ProtectionConfig protection =
        ProtectionConfig.NONE.withColumns(
            new ProtectionRules(problems).read(values.node(Key.COLUMNS)));
    protection =
        values
            .choice(Key.NEW_COLUMNS)
            .map(text -> NewColumns.valueOf(text.toUpperCase(Locale.ROOT)))
            .map(protection::withNewColumns)
            .orElse(protection);
    return values
        .text(Key.HASH_SECRET)
        .flatMap(text -> secret(text, problems))
        .map(protection::withSecret)
        .orElse(protection);
  }

  private static Optional<HashSecret> secret(String text, Problems problems) {
    try {
      return Optional.of(HashSecret.of(text));
    } catch (IllegalArgumentException e) {
      problems.add(Key.HASH_SECRET.path() + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private static LoadConfig load(Values values) {
    LoadConfig load = LoadConfig.DEFAULT;
    load =
        values
            .choice(Key.LOAD_MODE)
            .map(text -> LoadMode.valueOf(text.toUpperCase(Locale.ROOT)))
            .map(load::withMode)
            .orElse(load);
    load =
        values
            .number(Key.LOAD_PARALLELISM)
            .map(n -> (int) Math.min(n, Integer.MAX_VALUE))
            .map(load::withParallelism)
            .orElse(load);
    load =
        values
            .choice(Key.LOAD_ON_VALUE_CHANGE)
            .map(text -> OnValueChange.valueOf(text.toUpperCase(Locale.ROOT)))
            .map(load::withOnValueChange)
            .orElse(load);
    return values.bytes(Key.LOAD_CHUNK_BYTES).map(load::withChunkBytes).orElse(load);
  }

  private static BatchConfig batch(Values values) {
    BatchConfig batch = BatchConfig.DEFAULT;
    batch = values.duration(Key.BATCH_MAX_AGE).map(batch::withMaxAge).orElse(batch);
    batch = values.number(Key.BATCH_MAX_ROWS).map(batch::withMaxRows).orElse(batch);
    return values.bytes(Key.BATCH_MAX_BYTES).map(batch::withMaxBytes).orElse(batch);
  }

  /** A pipeline of these settings with a sink of its own. */
  CdcPipeline.Builder pipelineBuilder() {
    return CdcPipeline.builder()
        .pipeline(pipeline)
        .source(source.build())
        .sink(s3.sink())
        .load(load)
        .batch(batch)
        .types(types)
        .protection(protection)
        .limits(limits);
  }
}
