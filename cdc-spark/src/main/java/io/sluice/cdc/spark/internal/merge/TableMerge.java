package io.sluice.cdc.spark.internal.merge;

import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.s3.LoggedCommit;
import io.sluice.cdc.spark.internal.lake.Lake;
import io.sluice.cdc.spark.internal.lake.LakeTable;
import io.sluice.cdc.spark.internal.lake.SchemaChange;
import io.sluice.cdc.spark.internal.lake.StructureText;
import io.sluice.cdc.spark.internal.lake.Types;
import io.sluice.cdc.spark.internal.log.LogSpan;
import io.sluice.cdc.spark.internal.log.TableLog;
import io.sluice.cdc.spark.internal.rows.ChangeFiles;
import io.sluice.cdc.spark.internal.rows.Counts;
import io.sluice.cdc.spark.internal.rows.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings one table up to the end of a span of the log. Used by one thread. */
public final class TableMerge {
  private static final Logger LOG = LoggerFactory.getLogger(TableMerge.class);
  private static final int ATTEMPTS = 5;

  private final SparkSession spark;
  private final String location;
  private final Lake lake;
  private final Steps steps;

  /** Told where a run may die; for tests. */
  @FunctionalInterface
  public interface Steps {
    /** A step is reached. */
    void reached(String step, TableName table);
  }

  /** The span does not reach back far enough for this table. */
  public static final class NeedsWholeLogException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /**
   * For all tables of a run.
   *
   * @param location where Spark sees the final location
   */
  public TableMerge(SparkSession spark, String location, Lake lake, Steps steps) {
    this.spark = spark;
    this.location = location;
    this.lake = lake;
    this.steps = steps;
  }

  /**
   * Merges what is new. Somebody else may change the table meanwhile, by compaction for example: it
   * is then begun anew with the table as it is by then.
   *
   * @param partition of the table should it be made
   */
  public Outcome run(TableName table, LogSpan span, String partition) throws Exception {
    for (int attempt = 1; ; attempt++) {
      try {
        return once(table, span, partition);
      } catch (CommitFailedException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        LOG.info("{} was changed by somebody else; merging it again", lake.name(table));
      }
    }
  }

  private Outcome once(TableName table, LogSpan span, String partition) throws Exception {
    TableLog log = span.tables().get(table);
    Optional<LakeTable> found = lake.find(table);
    if (log == null || (log.structures().isEmpty() && found.isEmpty())) {
      return new Outcome(Outcome.Way.NOTHING, Counts.NONE, 0, span.through(), false);
    }
    LakeTable target =
        found.isPresent()
            ? found.get()
            : lake.open(log.structures().lastEntry().getValue(), partition);
    return new One(table, span, log, target).merge();
  }

  /** One table in one attempt. */
  private final class One {
    private final TableName table;
    private final LogSpan span;
    private final LakeTable target;
    private final Map<Integer, TableSchema> structures = new HashMap<>();
    private final StructureText structure;
    private final long from;
    private final boolean rebuilt;
    private final List<LoggedCommit.File> files;

    One(TableName table, LogSpan span, TableLog log, LakeTable target)
        throws NeedsWholeLogException {
      this.table = table;
      this.span = span;
      this.target = target;
      target.structure().ifPresent(s -> structures.put(s.version(), s.schema()));
      structures.putAll(log.structures());
      this.structure = latest(log);
      Optional<List<LoggedCommit.File>> after = after(log);
      if (after.isEmpty() && !span.isWhole()) {
        throw new NeedsWholeLogException();
      }
      this.rebuilt = after.isEmpty();
      this.from = rebuilt ? 0 : target.commit().orElse(0L);
      this.files = after.filter(f -> from > 0).orElseGet(log::fromTheBeginning);
    }

    /** Nothing when the table has to be built from its beginning. */
    private Optional<List<LoggedCommit.File>> after(TableLog log) {
      Optional<Long> commit = target.commit();
      if (commit.isEmpty()) {
        LOG.warn(
            "{} was rolled back to where nothing is known of it; building it from its beginning",
            target.name());
        return Optional.empty();
      }
      if (commit.get() == 0) {
        return Optional.of(List.of());
      }
      try {
        return Optional.of(log.after(commit.get()));
      } catch (TableLog.ReplacedException e) {
        LOG.warn("{}; building {} from its beginning", e.getMessage(), target.name());
        return Optional.empty();
      }
    }

    private StructureText latest(TableLog log) throws NeedsWholeLogException {
      if (!log.structures().isEmpty()) {
        Map.Entry<Integer, TableSchema> last = log.structures().lastEntry();
        return new StructureText(last.getKey(), last.getValue());
      }
      return target.structure().orElseThrow(NeedsWholeLogException::new);
    }

    /** Nothing came since, and nothing changed. */
    private boolean isDone() {
      boolean sameStructure =
          target.structure().filter(s -> s.version() == structure.version()).isPresent();
      boolean known = target.commit().filter(done -> done >= span.through()).isPresent();
      return !rebuilt && (known || (sameStructure && files.isEmpty()));
    }

    Outcome merge() throws Exception {
      if (isDone()) {
        return outcome(Outcome.Way.NOTHING, Counts.NONE);
      }
      ChangeFiles all = new ChangeFiles(spark, location, files);
      Counts counts = Counts.of(all);
      boolean whole = rebuilt || target.isNew() || counts.isEmptied();
      LakeTable.Staged staged = target.stage();
      SchemaChange change = staged.changeTo(structure.schema(), whole);
      staged.apply(change);
      Outcome.Way way;
      try (StagedWrite write = new StagedWrite(spark, staged, span.through())) {
        way = write(write, new Input(all, counts, whole, change.rewrites()));
      }
      steps.reached("written", table);
      staged.publish(span.through(), structure);
      steps.reached("published", table);
      return outcome(way, counts);
    }

    private Outcome.Way write(StagedWrite write, Input in) throws Exception {
      Rule rule = Rule.of(structure.schema());
      if (in.whole()) {
        return whole(write, in, rule);
      }
      Dataset<Row> rows = rows(in);
      if (in.rewritten()) {
        write.replaceAll(rule.fresh(cast(write.before(target)), rows));
        return Outcome.Way.REPLACED;
      }
      if (in.counts().all() == 0) {
        return Outcome.Way.STRUCTURE;
      }
      if (in.counts().onlyAdds()) {
        write.append(stored(rows));
        return Outcome.Way.APPENDED;
      }
      write.merge(rule, rows);
      return Outcome.Way.MERGED;
    }

    /** No row that is there now counts. */
    private Outcome.Way whole(StagedWrite write, Input in, Rule rule) throws Exception {
      if (target.isNew() && in.counts().all() == 0) {
        return Outcome.Way.STRUCTURE;
      }
      Dataset<Row> rows = rows(in);
      Dataset<Row> state =
          in.counts().onlyAdds()
              ? stored(rows)
              : rule.fresh(stored(rows.filter("_cdc_op = 'r'")), rows.filter("_cdc_op <> 'r'"));
      if (target.isNew()) {
        write.append(state);
        return Outcome.Way.APPENDED;
      }
      write.replaceAll(state);
      return Outcome.Way.REPLACED;
    }

    private Dataset<Row> rows(Input in) {
      return in.files()
          .after(in.counts().emptiedAt())
          .rows(structures, structure.schema())
          .filter(functions.col("_cdc_seq").gt(in.counts().emptiedAt()))
          .filter("_cdc_op <> 't'");
    }

    private Dataset<Row> stored(Dataset<Row> rows) {
      return rows.drop("_cdc_op");
    }

    /** The rows that are there, in the columns to come. */
    private Dataset<Row> cast(Dataset<Row> before) {
      List<Column> columns = new ArrayList<>();
      for (var c : structure.schema().columns()) {
        boolean there = target.schema().caseInsensitiveFindField(c.name()) != null;
        Column value = there ? functions.col(quote(c.name())) : functions.lit(null);
        columns.add(value.cast(Types.spark(c.type())).as(c.name()));
      }
      Types.ADDED.forEach(name -> columns.add(functions.col(name)));
      return before.select(columns.toArray(Column[]::new));
    }

    private Outcome outcome(Outcome.Way way, Counts counts) {
      return new Outcome(way, counts, from, span.through(), rebuilt);
    }
  }

  /**
   * What a table is written from.
   *
   * @param files with what is new
   * @param counts of their rows
   * @param whole whether no row that is there now counts
   * @param rewritten whether those that are there have to be written anew in another type
   */
  private record Input(ChangeFiles files, Counts counts, boolean whole, boolean rewritten) {}

  private static String quote(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
