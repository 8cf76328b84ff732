package io.sluice.cdc.spark;

import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.config.Problems;
import io.sluice.cdc.config.TablePattern;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.spark.internal.lake.Partitions;
import io.sluice.cdc.spark.internal.lake.TableNames;
import io.sluice.cdc.spark.internal.merge.TableMerge;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.spark.sql.SparkSession;

/** Says what to merge and where to. Used by one thread. */
public final class LakeMergeBuilder {
  /** Tables that are merged at once: one of them hardly fills a cluster with small changes. */
  public static final int DEFAULT_PARALLEL = 4;

  /** Where it is kept how far the last run came. */
  public static final String PROGRESS_NAMESPACE = "sluice";

  final SparkSession spark;
  final Map<String, String> properties = new TreeMap<>();
  String pipeline = "";
  String location = "";
  int parallel = DEFAULT_PARALLEL;
  private String into = "";
  private final List<String> include = new ArrayList<>();
  private final List<String> exclude = new ArrayList<>();
  private final Map<String, String> partitions = new LinkedHashMap<>();

  LakeMergeBuilder(SparkSession spark) {
    this.spark = spark;
  }

  /** The pipeline's id. */
  public LakeMergeBuilder pipeline(String id) {
    this.pipeline = id;
    return this;
  }

  /** Where Spark sees {@code s3.final} of the pipeline, such as {@code s3a://lake/raw}. */
  public LakeMergeBuilder location(String place) {
    this.location = place;
    return this;
  }

  /** What tables are called: {@code lake.{database}.{table}}, the Iceberg catalogue first. */
  public LakeMergeBuilder into(String pattern) {
    this.into = pattern;
    return this;
  }

  /** Merges only tables that fit one of these patterns, such as {@code shop.*}; all by default. */
  public LakeMergeBuilder include(String... patterns) {
    include.addAll(List.of(patterns));
    return this;
  }

  /** Leaves out tables that fit one of these patterns. */
  public LakeMergeBuilder exclude(String... patterns) {
    exclude.addAll(List.of(patterns));
    return this;
  }

  /**
   * Partitions tables when they are made; the first pattern that fits a table counts. A table that
   * is there keeps its partitions, which Iceberg can change by {@code ALTER TABLE}.
   *
   * @param tables such as {@code shop.orders}
   * @param by such as {@code days(created_at), bucket(16, id)}
   */
  public LakeMergeBuilder partition(String tables, String by) {
    partitions.put(tables, by);
    return this;
  }

  /** A property of tables when they are made, such as {@code write.merge.mode}. */
  public LakeMergeBuilder tableProperty(String key, String value) {
    properties.put(key, value);
    return this;
  }

  /** How many tables are merged at once; {@value #DEFAULT_PARALLEL} by default. */
  public LakeMergeBuilder parallel(int tables) {
    this.parallel = tables;
    return this;
  }

  /**
   * Checks everything.
   *
   * @throws io.sluice.cdc.error.ConfigurationException with all that is wrong
   */
  public LakeMerge build() {
    return build((step, table) -> {});
  }

  LakeMerge build(TableMerge.Steps steps) {
    check();
    return new LakeMerge(this, steps);
  }

  private void check() {
    Problems problems = new Problems();
    attempt(problems, () -> new PipelineId(pipeline));
    if (location.isBlank()) {
      problems.missing("location", "where Spark sees s3.final, e.g. s3a://lake/raw");
    } else if (!location.contains(":/")) {
      problems.add(
          "location", location, "has no scheme; write it as Spark does, e.g. s3a://lake/raw");
    }
    attempt(problems, "into", into, () -> TableNames.parse(into));
    problems.range("parallel", parallel, 1, 256);
    patternTexts().forEach(p -> attempt(problems, "table", p, () -> TablePattern.parse(p)));
    partitions.forEach(
        (table, by) -> attempt(problems, "partition " + table, by, () -> Partitions.check(by)));
    problems.throwIfAny();
  }

  private static void attempt(Problems problems, Runnable check) {
    try {
      check.run();
    } catch (IllegalArgumentException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
  }

  private static void attempt(Problems problems, String key, String value, Runnable check) {
    try {
      check.run();
    } catch (IllegalArgumentException e) {
      problems.add(key, value, String.valueOf(e.getMessage()));
    }
  }

  private List<String> patternTexts() {
    List<String> all = new ArrayList<>(include);
    all.addAll(exclude);
    all.addAll(partitions.keySet());
    return all;
  }

  /** Every pattern; one that fits no table is a mistake. */
  List<TablePattern> patterns() {
    return patternTexts().stream().map(TablePattern::parse).toList();
  }

  TableNames names() {
    return TableNames.parse(into);
  }

  boolean includes(TableName table) {
    return (include.isEmpty() || fits(include, table)) && !fits(exclude, table);
  }

  private static boolean fits(List<String> patterns, TableName table) {
    return patterns.stream().anyMatch(p -> TablePattern.parse(p).matches(table));
  }

  String partition(TableName table) {
    return partitions.entrySet().stream()
        .filter(e -> TablePattern.parse(e.getKey()).matches(table))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  /** What decides which tables there are and what they are called. */
  String choice() {
    return into + " " + include + " " + exclude;
  }

  TableIdentifier progressPlace() {
    return TableIdentifier.of(
        Namespace.of(PROGRESS_NAMESPACE), TableNames.clean(pipeline) + "_progress");
  }
}
