package io.sluice.cdc.bench.torture.judge;

import io.sluice.cdc.bench.torture.workload.Schema;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Judges whether transactions arrived whole. Every transaction of the workload says in the journal
 * how many rows it makes: so many must carry its GTID, all in one commit unless the commits say
 * that they were cut inside a transaction. And after every transaction, and at every commit, the
 * balances of all accounts must have the sum they always had.
 *
 * <p>Transactions that a load's view holds are not judged by their rows, for the load holds some of
 * them already.
 */
public final class WholeTransactions {
  private final Onlooker onlooker;
  private final long sum;
  private final List<String> complaints = new ArrayList<>();
  private long judged;

  private WholeTransactions(Onlooker onlooker, long sum) {
    this.onlooker = onlooker;
    this.sum = sum;
  }

  /** The verdict: what is wrong, and how many transactions were looked at. */
  public record Verdict(List<String> complaints, long transactions) {}

  /**
   * Judges what the onlooker has copied; it must have seen everything.
   *
   * @param sum what the balances add up to
   */
  public static Verdict judge(Onlooker onlooker, long sum) throws SQLException {
    WholeTransactions judge = new WholeTransactions(onlooker, sum);
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
      judge.run(duck);
    }
    return new Verdict(List.copyOf(judge.complaints), judge.judged);
  }

  private void run(Connection duck) throws SQLException {
    execute(duck, "SET memory_limit = '512MiB'");
    execute(duck, "CREATE TABLE changes (commit BIGINT, tbl VARCHAR, seq BIGINT, tx VARCHAR)");
    execute(
        duck,
        "CREATE TABLE money (tbl VARCHAR, key VARCHAR, balance BIGINT, op VARCHAR, seq BIGINT, tx VARCHAR)");
    execute(duck, "CREATE TABLE journal (tx VARCHAR, changes INT)");
    for (String table : tables()) {
      load(duck, table);
    }
    execute(duck, "CREATE TABLE unsettled (tx VARCHAR)");
    List<GtidRanges> views =
        onlooker.commits().values().stream()
            .flatMap(c -> c.views().stream())
            .map(GtidRanges::new)
            .toList();
    for (String tx : texts(duck, "SELECT DISTINCT tx FROM changes")) {
      if (views.stream().anyMatch(v -> v.contains(tx))) {
        execute(duck, "INSERT INTO unsettled VALUES ('" + tx + "')");
      }
    }
    whole(duck);
    constant(duck);
  }

  private List<String> tables() {
    return onlooker.commits().values().stream()
        .flatMap(c -> c.files().stream())
        .map(CommitNote.File::table)
        .distinct()
        .sorted()
        .toList();
  }

  private void load(Connection duck, String table) throws SQLException {
    String changes = files(table, false);
    if (!changes.isEmpty()) {
      String commit =
          "CAST(regexp_extract(filename, '(\\d{20})-\\d{5}-[a-z]+\\.parquet$', 1) AS BIGINT)";
      execute(
          duck,
          "INSERT INTO changes SELECT "
              + commit
              + ", '"
              + table
              + "', _cdc_seq, _cdc_tx FROM "
              + changes);
    }
    if (!changes.isEmpty() && table.equals(Schema.JOURNAL)) {
      execute(
          duck,
          "INSERT INTO journal SELECT _cdc_tx, changes FROM " + changes + " WHERE _cdc_op = 'c'");
    }
    if (Schema.ACCOUNTS.contains(table)) {
      money(duck, table, changes);
      money(duck, table, files(table, true));
    }
  }

  private static void money(Connection duck, String table, String from) throws SQLException {
    if (from.isEmpty()) {
      return;
    }
    String key =
        switch (table) {
          case "account_int" -> "CAST(id AS VARCHAR)";
          case "account_pair" -> "region || '/' || no";
          default -> "name";
        };
    execute(
        duck,
        "INSERT INTO money SELECT '"
            + table
            + "', "
            + key
            + ", balance, _cdc_op, _cdc_seq, _cdc_tx FROM "
            + from);
  }

  private String files(String table, boolean load) {
    List<String> paths =
        onlooker.commits().values().stream()
            .flatMap(c -> c.files().stream())
            .filter(f -> f.table().equals(table) && f.load() == load)
            .map(f -> "'" + onlooker.copy(f.key()).toString().replace("'", "''") + "'")
            .toList();
    return paths.isEmpty()
        ? ""
        : "read_parquet(["
            + String.join(", ", paths)
            + "], hive_partitioning = false, union_by_name = true, filename = true)";
  }

  /** Every row of a transaction, in one commit unless that is said. */
  private void whole(Connection duck) throws SQLException {
    String settled = " WHERE j.tx NOT IN (SELECT tx FROM unsettled)";
    judged = Long.parseLong(texts(duck, "SELECT count(*) FROM journal j" + settled).get(0));
    String counted =
        "SELECT j.tx || ': ' || j.changes || ' rows in MySQL, ' || count(c.seq) || ' in the bucket' FROM journal j"
            + " LEFT JOIN changes c USING (tx)"
            + settled
            + " GROUP BY j.tx, j.changes HAVING count(c.seq) <> j.changes"
            + " ORDER BY j.tx LIMIT 10";
    texts(duck, counted).forEach(t -> complaints.add("not whole: transaction " + t));
    String inside =
        onlooker.commits().values().stream()
            .filter(CommitNote::inside)
            .map(c -> String.valueOf(c.number()))
            .collect(Collectors.joining(", ", "(-1, ", ")"))
            .replace(", )", ")");
    String split =
        "SELECT tx || ' lies in the commits ' || string_agg(DISTINCT commit::VARCHAR, ', ') FROM changes GROUP BY tx"
            + " HAVING count(DISTINCT commit) > 1 + count(DISTINCT commit) FILTER (commit IN "
            + inside
            + ") LIMIT 10";
    texts(duck, split).forEach(t -> complaints.add("split: transaction " + t));
  }

  /**
   * The sum, at the end of every settled transaction and of every commit from the first of them on.
   */
  private void constant(Connection duck) throws SQLException {
    List<String> first =
        texts(
            duck,
            "SELECT coalesce(max(seq), 0) FROM changes WHERE tx IN (SELECT tx FROM unsettled)"
                + " UNION ALL SELECT coalesce(max(seq), 0) FROM money WHERE op = 'r'");
    long settled = first.stream().mapToLong(Long::parseLong).max().orElse(0);
    execute(duck, "CREATE TABLE ends (seq BIGINT, what VARCHAR)");
    execute(
        duck,
        "INSERT INTO ends SELECT max(seq) AS last, 'transaction ' || tx FROM changes GROUP BY tx HAVING min(seq) > "
            + settled);
    long lastLoad = lastLoad();
    for (Map.Entry<Long, CommitNote> commit : onlooker.commits().entrySet()) {
      CommitNote note = commit.getValue();
      if (note.lastSequence() > settled && note.number() > lastLoad && !note.inside()) {
        execute(
            duck,
            "INSERT INTO ends VALUES ("
                + note.lastSequence()
                + ", 'commit "
                + note.number()
                + "')");
      }
    }
    String off =
        "SELECT what || ' leaves the sum at ' || total FROM (SELECT e.what, e.seq, s.total FROM ends e ASOF JOIN"
            + " (SELECT seq, sum(step) OVER (ORDER BY seq) AS total FROM (SELECT seq, sum(step) AS step FROM"
            + " (SELECT seq, now - lag(now, 1, 0) OVER (PARTITION BY tbl, key ORDER BY seq) AS step FROM"
            + " (SELECT tbl, key, seq, CASE op WHEN 'd' THEN 0 ELSE balance END AS now FROM money)) GROUP BY seq)) s"
            + " ON e.seq >= s.seq) WHERE total <> "
            + sum
            + " ORDER BY seq LIMIT 10";
    texts(duck, off).forEach(t -> complaints.add("sum: " + t + ", not at " + sum));
  }

  private long lastLoad() {
    return onlooker.commits().values().stream()
        .filter(c -> c.files().stream().anyMatch(CommitNote.File::load))
        .mapToLong(CommitNote::number)
        .max()
        .orElse(0);
  }

  private static void execute(Connection duck, String sql) throws SQLException {
    try (Statement statement = duck.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> texts(Connection duck, String sql) throws SQLException {
    try (Statement statement = duck.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> all = new ArrayList<>();
      while (rows.next()) {
        all.add(rows.getString(1));
      }
      return all;
    }
  }
}
