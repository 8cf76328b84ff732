package io.sluice.cdc.testkit.internal.check;

import io.sluice.cdc.testkit.check.CheckCounts;
import io.sluice.cdc.testkit.check.DerivedTables;
import io.sluice.cdc.testkit.check.LeftOut;
import io.sluice.cdc.testkit.internal.process.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One run of the checker. */
public final class Check {
  private final Bucket bucket;
  private final Location place;
  private final MySqlReader mysql;
  private final Duck duck;
  private final Path folder;
  private final Findings findings;
  private final LeftOut leftOut;
  private final LeftOut untold;
  private final List<DerivedTables> derived;
  private final Tally tally = new Tally();

  /** All that is given stays the caller's. */
  public Check(
      Bucket bucket,
      Location place,
      MySqlReader mysql,
      Duck duck,
      Path folder,
      Findings findings,
      LeftOut leftOut,
      LeftOut untold,
      List<DerivedTables> derived) {
    this.bucket = bucket;
    this.place = place;
    this.mysql = mysql;
    this.duck = duck;
    this.folder = folder;
    this.findings = findings;
    this.leftOut = leftOut;
    this.untold = untold;
    this.derived = derived;
  }

  /**
   * Looks at everything.
   *
   * @param pipeline the pipeline's id
   * @param expected tables that must be in the log, besides those that are
   */
  public CheckCounts run(String pipeline, Collection<TableId> expected)
      throws SQLException, IOException, InterruptedException {
    CommitLog log = CommitLog.read(bucket, place, pipeline, findings);
    LogRules.check(log, findings);
    Listing listing = Listing.check(bucket, place, log, tally, findings);
    Sequences sequences = new Sequences(duck, findings);
    for (DerivedTables others : derived) {
      for (String statement : others.preparation()) {
        duck.execute(statement);
      }
    }
    Set<TableId> tables = log.tables();
    if (tables.isEmpty()) {
      findings.add(pipeline, "a table in the commit log", "none: nothing was compared");
    }
    for (TableId missing : new TreeSet<>(expected)) {
      if (!tables.contains(missing)) {
        findings.add(missing.toString(), "the table in the commit log", "no commit that knows it");
      }
    }
    int number = 0;
    for (TableId table : tables) {
      check(table, log, listing, sequences, number++);
    }
    sequences.check(log);
    return tally.counts(log);
  }

  private void check(TableId table, CommitLog log, Listing listing, Sequences sequences, int number)
      throws SQLException, IOException, InterruptedException {
    Path files = Files.createDirectories(folder.resolve("table-" + number));
    TableFiles opened = new TableFiles(duck, tally, findings);
    opened.open(bucket, place, log.files(table), listing, files);
    sequences.addChanges(opened.changes());
    TreeMap<Integer, LogSchema> schemas = log.schemas(table);
    List<MySqlColumn> columns =
        mysql.columns(table).stream()
            .filter(c -> !leftOut.test(table.database(), table.table(), c.name()))
            .toList();
    if (columns.isEmpty()) {
      findings.note(table + " is no longer in MySQL: its rows were counted, not compared");
    } else if (schemas.isEmpty()) {
      findings.add(table.toString(), "a structure in the commit log", "none");
    } else {
      compare(table, columns, schemas.lastEntry().getValue(), opened, number);
    }
    Folders.delete(files);
  }

  private void compare(
      TableId table, List<MySqlColumn> columns, LogSchema logged, TableFiles files, int number)
      throws SQLException {
    LogSchema schema =
        logged.protecting(name -> untold.test(table.database(), table.table(), name));
    if (schema.hidesKey()) {
      findings.note(table + " has a protected key: its rows were counted, not compared");
    } else {
      TablePlan plan = TablePlan.of(table, columns, schema, findings);
      compare(plan, files, schema.version(), number);
    }
  }

  private void compare(TablePlan plan, TableFiles files, int latest, int number)
      throws SQLException {
    String history = "history_" + number;
    String rows = "mysql_" + number;
    History.fill(duck, plan, files.bySchema(), latest, findings, history);
    tally.table(mysql.copy(plan.table(), plan.columns(), duck, rows));
    Replay replay = new Replay(duck, plan, findings, history);
    replay.checkOrder();
    new Comparison(duck, plan, findings, plan.table().toString()).run(rows, replay.state());
    for (DerivedTables others : derived) {
      new DerivedCheck(duck, plan, findings, others).run(rows);
    }
    duck.execute("DROP TABLE " + history);
    duck.execute("DROP TABLE " + rows);
  }
}
