package io.sluice.cdc.bench.torture.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A judge that finds nothing wrong with a torn transaction would make every round look good. */
class WholeTransactionsTest {
  private static final long SUM = 200;

  @TempDir Path folder;
  private final MemoryStore store = new MemoryStore();
  private final List<String> files = new ArrayList<>();

  @Test
  void isContentWithWholeTransactions() throws Exception {
    load();
    account(3, "(1, 70, 'u', 2, 's:11'), (2, 130, 'u', 3, 's:11')");
    journal(3, "(1, 3, 'c', 4, 's:11')");
    commit(3, 4, false);
    WholeTransactions.Verdict verdict = judge();
    assertThat(verdict.complaints()).isEmpty();
    assertThat(verdict.transactions()).isEqualTo(1);
  }

  @Test
  void seesATransactionThatLiesInTwoCommits() throws Exception {
    load();
    account(3, "(1, 70, 'u', 2, 's:11')");
    commit(3, 2, false);
    account(4, "(2, 130, 'u', 3, 's:11')");
    journal(4, "(1, 3, 'c', 4, 's:11')");
    commit(4, 4, false);
    assertThat(judge().complaints())
        .anyMatch(c -> c.startsWith("split: transaction s:11"))
        .anyMatch(c -> c.startsWith("sum: commit 3 leaves the sum at 170"));
  }

  @Test
  void letsATransactionBeCutWhereTheCommitSaysSo() throws Exception {
    load();
    account(3, "(1, 70, 'u', 2, 's:11')");
    commit(3, 2, true);
    account(4, "(2, 130, 'u', 3, 's:11')");
    journal(4, "(1, 3, 'c', 4, 's:11')");
    commit(4, 4, false);
    assertThat(judge().complaints()).isEmpty();
  }

  @Test
  void seesALostRow() throws Exception {
    load();
    account(3, "(1, 70, 'u', 2, 's:11')");
    journal(3, "(1, 3, 'c', 3, 's:11')");
    commit(3, 3, false);
    assertThat(judge().complaints())
        .anyMatch(c -> c.equals("not whole: transaction s:11: 3 rows in MySQL, 2 in the bucket"))
        .anyMatch(c -> c.startsWith("sum: "));
  }

  @Test
  void seesARowThatCameTwice() throws Exception {
    load();
    account(3, "(1, 70, 'u', 2, 's:11'), (2, 130, 'u', 3, 's:11'), (2, 130, 'u', 4, 's:11')");
    journal(3, "(1, 3, 'c', 5, 's:11')");
    commit(3, 5, false);
    assertThat(judge().complaints()).anyMatch(c -> c.contains("3 rows in MySQL, 4 in the bucket"));
  }

  @Test
  void doesNotCountTheRowsOfATransactionThatTheLoadHolds() throws Exception {
    load();
    account(3, "(1, 100, 'u', 2, 's:9')");
    journal(3, "(1, 3, 'c', 3, 's:9')");
    commit(3, 3, false);
    WholeTransactions.Verdict verdict = judge();
    assertThat(verdict.complaints()).isEmpty();
    assertThat(verdict.transactions()).isZero();
  }

  /** Two accounts with 100 each, in a view that holds transactions 1 to 10. */
  private void load() throws SQLException, IOException {
    write(
        "account_int",
        "load",
        2,
        "id, balance",
        "(1, 100, 'r', 1, 'view'), (2, 100, 'r', 1, 'view')");
    commit(2, 1, false, "\"load\":{\"newViews\":[{\"position\":{\"gtidSet\":\"s:1-10\"}}]},");
  }

  private void account(long commit, String rows) throws SQLException, IOException {
    write("account_int", "change", commit, "id, balance", rows);
  }

  private void journal(long commit, String rows) throws SQLException, IOException {
    write("journal", "change", commit, "id, changes", rows);
  }

  private void write(String table, String kind, long commit, String columns, String rows)
      throws SQLException, IOException {
    String key =
        String.format(Locale.ROOT, "p/db/%s/dt=x/%020d-00000-%s.parquet", table, commit, kind);
    Path file = folder.resolve("file.parquet");
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute(
          "COPY (SELECT * FROM (VALUES "
              + rows
              + ") t("
              + columns
              + ", _cdc_op, _cdc_seq, _cdc_tx)) TO '"
              + file
              + "' (FORMAT parquet)");
    }
    byte[] content = Files.readAllBytes(file);
    store.put(key, content);
    files.add(
        String.format(
            Locale.ROOT,
            "{\"table\":\"%s\",\"kind\":\"%s\",\"key\":\"%s\",\"bytes\":%d,\"checksum\":\"%s\"}",
            table,
            kind,
            key,
            content.length,
            Onlooker.checksum(content)));
  }

  private void commit(long number, long lastSequence, boolean inside) {
    commit(number, lastSequence, inside, "");
  }

  private void commit(long number, long lastSequence, boolean inside, String load) {
    String record =
        "{\"commit\":"
            + number
            + ","
            + load
            + "\"lastSequence\":"
            + lastSequence
            + ",\"endsInsideTransaction\":"
            + inside
            + ",\"files\":["
            + String.join(",", files)
            + "]}";
    files.clear();
    store.put(
        "p/_sluice/pipe/log/" + CommitNote.objectName(number),
        record.getBytes(StandardCharsets.UTF_8));
  }

  private WholeTransactions.Verdict judge() throws SQLException {
    Onlooker onlooker = new Onlooker(store, "p/", "pipe", folder.resolve("copies"));
    onlooker.readLog();
    onlooker.look();
    assertThat(onlooker.complaints()).isEmpty();
    return WholeTransactions.judge(onlooker, SUM);
  }
}
