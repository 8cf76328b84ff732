package io.sluice.cdc.s3.sql;

import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.error.StateException;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.s3.LoggedCommit;
import io.sluice.cdc.s3.S3Sink;
import io.sluice.cdc.sink.SinkLook;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The SQL with which an engine reads a pipeline's tables: all rows, the current state, and the
 * state at a moment. It follows from the commit log alone; MySQL is not asked. What was read stays
 * as it was: read again after a structure has changed. Used by one thread.
 */
public final class LakeSql {
  private final PipelineId pipeline;
  private final TreeMap<TableName, TableHistory> tables = new TreeMap<>();
  private final List<TableName> cameInThisOrder = new ArrayList<>();
  private long firstCommit;
  private long lastCommit;

  private LakeSql(PipelineId pipeline) {
    this.pipeline = pipeline;
  }

  /**
   * What was written for some tables.
   *
   * @param sql the statements, each ended by a semicolon, and comments
   * @param refused for each table that this engine could only read wrongly: the table, why, and
   *     what to do; {@code sql} has no statement for them
   */
  public record Script(String sql, List<String> refused) {
    /** Copies the list. */
    public Script {
      refused = List.copyOf(refused);
    }
  }

  /**
   * Reads the whole commit log: one small object a commit.
   *
   * @param sink the place, opened or not; it stays the caller's
   * @throws StateException when nothing was committed yet, or the log is damaged
   */
  public static LakeSql read(S3Sink sink, PipelineId pipeline) throws InterruptedException {
    SinkLook look = sink.look(pipeline);
    if (look == null) {
      throw new StateException(
          "Pipeline " + pipeline + " has committed nothing yet, so there is nothing to query",
          "Check pipeline and s3.final; then start it: bin/cdc run");
    }
    LakeSql sql = new LakeSql(pipeline);
    sql.lastCommit = sink.readLog(pipeline, 0, sql::take);
    sql.addUntold(look.state().schemas());
    if (sql.tables.isEmpty()) {
      throw new StateException(
          "Pipeline " + pipeline + " has committed no table yet, so there is nothing to query",
          "Start it, or wait until its first load has begun: bin/cdc run");
    }
    return sql;
  }

  private void take(LoggedCommit commit) {
    firstCommit = firstCommit == 0 ? commit.commit() : firstCommit;
    commit.structures().forEach(s -> history(s.schema().table()).add(s));
    commit.loaded().forEach(table -> history(table).loaded());
    commit.files().forEach(file -> history(file.table()).add(file));
    commit.compacted().forEach(file -> history(file.table()).add(file));
    commit.forgotten().forEach(table -> history(table).forgotten(commit.commit()));
  }

  /** Where older records were removed, a checkpoint still has the latest structures. */
  private void addUntold(List<TableSchema> schemas) {
    for (TableSchema schema : schemas) {
      TableHistory history = history(schema.table());
      if (!history.hasStructure()) {
        history.add(new LoggedCommit.Structure(0, schema));
      }
    }
    tables.values().removeIf(history -> !history.hasStructure());
    cameInThisOrder.retainAll(tables.keySet());
  }

  private TableHistory history(TableName table) {
    return tables.computeIfAbsent(
        table,
        t -> {
          cameInThisOrder.add(t);
          return new TableHistory(t);
        });
  }

  /** Every table of which the log tells a structure, also those that MySQL has no more. */
  public List<TableName> tables() {
    return List.copyOf(tables.keySet());
  }

  /**
   * What the view of a table's present state is called, quoted as that engine wants it. It is made
   * by {@link #write}, unless the table is refused there.
   *
   * @throws IllegalArgumentException when the table is not one of {@link #tables}
   */
  public String currentView(SqlDialect engine, TableName table) {
    Dialect dialect = engine.dialect();
    ObjectNames named = names(dialect).get(table);
    if (named == null) {
      throw unknown(table);
    }
    return dialect.name(named.schema(), named.current());
  }

  private Map<TableName, ObjectNames> names(Dialect dialect) {
    return ObjectNames.of(cameInThisOrder, dialect.namesAreStrict());
  }

  private static IllegalArgumentException unknown(TableName table) {
    return new IllegalArgumentException(table + " is not in the commit log");
  }

  /**
   * Writes the statements.
   *
   * @param engine for which engine
   * @param location where that engine sees the final location, for example {@code s3a://lake/raw};
   *     without a slash at the end
   * @param wanted some of {@link #tables}
   */
  public Script write(SqlDialect engine, String location, Collection<TableName> wanted) {
    Dialect dialect = engine.dialect();
    Map<TableName, ObjectNames> names = names(dialect);
    List<String> refused = new ArrayList<>();
    SqlText out = new SqlText();
    out.comment("Pipeline " + pipeline + ", commits " + firstCommit + " to " + lastCommit + ".");
    out.comment(
        "Right until a structure changes: print it again after an ALTER, and for new tables.");
    out.comments(dialect.preface());
    for (TableName table : wanted) {
      TableHistory history = tables.get(table);
      ObjectNames named = names.get(table);
      if (history == null || named == null) {
        throw unknown(table);
      }
      out.blank();
      refused.addAll(
          write(new TableSql(Readable.of(history, dialect), named, location, dialect), out));
    }
    return new Script(out.toString(), refused);
  }

  /** Writes one table; returns why it was refused, or nothing. */
  private static List<String> write(TableSql sql, SqlText out) {
    TableHistory history = sql.table().history();
    List<String> against = sql.dialect().against(sql.table());
    out.comment(history.table() + ": " + sql.table().summary());
    if (!history.hasFiles() && sql.dialect().needsFiles()) {
      out.comment("No file so far: print it again once there is one.");
    } else if (against.isEmpty()) {
      sql.dialect().write(sql, out);
    } else {
      against.forEach(reason -> out.comment("REFUSED: " + reason));
    }
    return against.stream().map(reason -> history.table() + ": " + reason).toList();
  }
}
