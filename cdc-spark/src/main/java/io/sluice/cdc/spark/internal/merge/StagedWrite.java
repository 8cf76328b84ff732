package io.sluice.cdc.spark.internal.merge;

import io.sluice.cdc.spark.internal.lake.LakeTable;
import io.sluice.cdc.spark.internal.rows.Keyless;
import io.sluice.cdc.spark.internal.rows.Rule;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.iceberg.spark.CommitMetadata;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Writes rows into a change of a table that nobody sees yet. Used by one thread. */
final class StagedWrite implements AutoCloseable {
  private static final AtomicLong COUNT = new AtomicLong();
  private static final String BEFORE = "_before";

  private final SparkSession spark;
  private final String id = "change_" + COUNT.incrementAndGet();
  private final String target;
  private final Map<String, String> summary;

  /**
   * Begins.
   *
   * @param commit up to which the table is merged afterwards; goes into the snapshot
   */
  StagedWrite(SparkSession spark, LakeTable.Staged staged, long commit) {
    this.spark = spark;
    this.target = StagedCatalog.open(spark, id, staged.table());
    this.summary = staged.summary(commit);
  }

  private Dataset<Row> present() {
    return spark.table(target);
  }

  /**
   * The rows as they are now, in the present columns. Not by the session's catalogue, which may
   * remember an older state of the table.
   */
  Dataset<Row> before(LakeTable table) {
    return spark.table(StagedCatalog.open(spark, id + BEFORE, table.stage().table()));
  }

  void append(Dataset<Row> rows) throws Exception {
    noted(
        () -> {
          rows.writeTo(target).append();
          return true;
        });
  }

  void replaceAll(Dataset<Row> rows) throws Exception {
    noted(
        () -> {
          rows.writeTo(target).overwrite(functions.lit(true));
          return true;
        });
  }

  /** Merges; what it is merged with is computed once and kept until it is done. */
  void merge(Rule rule, Dataset<Row> changes) throws Exception {
    Dataset<Row> source = kept(rule, rule.source(present(), changes));
    String view = "sluice_" + id;
    source.createOrReplaceTempView(view);
    try {
      Rule.Statement merge = rule.merge(target, view, source);
      noted(() -> spark.sql(merge.sql(), merge.values()));
    } finally {
      spark.catalog().dropTempView(view);
      source.unpersist();
    }
  }

  /**
   * Spark 4.1 puts a reference in the place of each table in a view, and does not find it again in
   * the filter by which a merge chooses files. So there the view is over rows and not over the
   * table; an executor that is lost with them ends the run, where elsewhere they are computed anew.
   */
  private Dataset<Row> kept(Rule rule, Dataset<Row> source) {
    boolean refers = !(spark.version().startsWith("3.") || spark.version().startsWith("4.0."));
    return refers && rule instanceof Keyless ? source.localCheckpoint() : source.persist();
  }

  private <T> void noted(Callable<T> write) throws Exception {
    CommitMetadata.withCommitProperties(summary, write, Exception.class);
  }

  @Override
  public void close() {
    StagedCatalog.close(id);
    StagedCatalog.close(id + BEFORE);
  }
}
