package io.sluice.cdc.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.error.ConfigurationException;
import io.sluice.cdc.error.StateException;
import io.sluice.cdc.event.LoadChange;
import io.sluice.cdc.event.RowBatch;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.s3.sql.LakeSql;
import io.sluice.cdc.s3.sql.SqlDialect;
import io.sluice.cdc.sink.CommitRequest;
import io.sluice.cdc.sink.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small files become large ones, and no row is lost or counted twice, whoever dies when. */
class CompactionTest {
  private static final TableSchema ORDERS = Rows.table("shop", "orders");
  private static final TableSchema ITEMS = Rows.table("shop", "items");
  private static final int COMMITS = 6;
  private static final Compaction NOW = Compaction.DEFAULT.withMinFiles(2).withKeep(Duration.ZERO);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Lake lake = new Lake();

  @Test
  void smallFilesBecomeOneThatHoldsEveryRowAsItWas() throws Exception {
    write(0, COMMITS);
    List<String> orders = rows("orders");
    List<String> items = rows("items");
    CompactionReport report = compact(NOW);
    assertThat(report.filesBefore()).isEqualTo(2 * COMMITS);
    assertThat(report.filesAfter()).isEqualTo(2);
    assertThat(report.rows()).isEqualTo(COMMITS * 20);
    assertThat(report.skipped()).isEmpty();
    assertThat(lake.state("compaction")).hasSize(2);
    assertThat(lake.data()).as("nothing is seen before its commit").hasSize(2 * COMMITS);
    takeAtStart();
    assertThat(lake.staged()).isEmpty();
    assertThat(lake.data()).as("both are there for a while").hasSize(2 * COMMITS + 2);
    assertThat(distinct("orders")).isEqualTo(orders);
    assertThat(live()).hasSize(2);
    assertThat(compact(NOW.withKeep(Duration.ofDays(1))).commitsToDelete()).isEqualTo(1);
    assertThat(compact(NOW).deletedFiles()).isEqualTo(2 * COMMITS);
    assertThat(lake.data()).hasSize(2).allMatch(key -> live().contains(key));
    assertThat(rows("orders")).isEqualTo(orders);
    assertThat(rows("items")).isEqualTo(items);
    assertThat(lake.query("select count(distinct _cdc_origin) from {}", "shop", "orders"))
        .containsExactly(Integer.toString(COMMITS));
    CompactionReport nothing = compact(NOW);
    assertThat(nothing.filesBefore() + nothing.deletedFiles()).isZero();
  }

  @Test
  void whatCameLateIsCompactedWithWhatIsCompactedAlready() throws Exception {
    write(0, COMMITS);
    compact(NOW);
    takeAtStart();
    write(COMMITS, COMMITS + 3);
    List<String> orders = distinct("orders");
    assertThat(compact(NOW).filesBefore()).isEqualTo(2 * 4);
    takeAtStart();
    compact(NOW);
    assertThat(rows("orders")).isEqualTo(orders);
    assertThat(lake.data()).hasSize(2);
    assertThat(lake.query("select count(distinct _cdc_origin) from {}", "shop", "orders"))
        .containsExactly(Integer.toString(COMMITS + 3));
  }

  @Test
  void structuresAndKindsAreKeptApartAndDaysThatAreNotOverAreLeftAlone() throws Exception {
    TableSchema wider = Rows.wider(ORDERS);
    try (S3Sink sink = lake.sink()) {
      sink.open(Rows.PIPELINE);
      for (int i = 0; i < 3; i++) {
        commit(sink, i * 20, Rows.changes(ORDERS, i * 20 + 1, i * 20 + 20));
        commit(sink, 60, Rows.load(ITEMS, 60, 5));
      }
      for (int i = 4; i < 7; i++) {
        commit(sink, i * 20, Rows.changes(wider, i * 20 + 1, i * 20 + 20));
      }
    }
    String all =
        "select id, name, more, _cdc_op, _cdc_seq, _cdc_ts, _cdc_tx from {} order by _cdc_seq";
    List<String> orders = lake.query(all, "shop", "orders");
    Clock before = Clock.fixed(Rows.DAY, java.time.ZoneOffset.UTC);
    assertThat(compact(NOW.withClock(before)).filesAfter()).isZero();
    Clock nextDay = Clock.offset(before, Duration.ofDays(1));
    assertThat(compact(NOW.withClock(nextDay)).filesAfter()).as("not old enough").isZero();
    assertThat(compact(NOW.withClock(nextDay).withOlderThan(Duration.ZERO)).filesAfter())
        .isEqualTo(3);
    takeAtStart();
    compact(NOW);
    assertThat(lake.query(all, "shop", "orders")).isEqualTo(orders);
    assertThat(lake.query("select _cdc_op, count(*) from {} group by 1", "shop", "items"))
        .containsExactly("r|15");
    assertThat(lake.data()).hasSize(3);
  }

  @Test
  void rowsOfATableWithoutAKeyCountAsOftenAsTheyWereLoadedWhileTheyStandInTwoFiles()
      throws Exception {
    TableSchema keyless = new TableSchema(ORDERS.table(), ORDERS.columns(), List.of());
    try (S3Sink sink = lake.sink()) {
      sink.open(Rows.PIPELINE);
      for (int i = 0; i < 3; i++) {
        commit(sink, 60, Rows.load(keyless, 60, 5));
      }
    }
    String current = "select count(*), count(distinct id) from shop.orders_current";
    String printed = sql();
    assertThat(ask(printed, current)).isEqualTo("15|5");
    compact(NOW);
    takeAtStart();
    assertThat(lake.data()).hasSize(4);
    assertThat(ask(printed, current)).isEqualTo("15|5");
    assertThat(ask(sql(), current)).isEqualTo("15|5");
    assertThat(ask(printed, "select count(*) from shop.orders_as_of(_cdc_to_commit := 3)"))
        .as("two of three commits, the first is a claim")
        .isEqualTo("10");
    compact(NOW);
    assertThat(lake.data()).hasSize(1);
    assertThat(ask(printed, current)).isEqualTo("15|5");
    assertThat(ask(sql(), "select count(*) from shop.orders_as_of(_cdc_to_commit := 3)"))
        .isEqualTo("10");
  }

  private String sql() throws Exception {
    try (S3Sink sink = lake.sink()) {
      LakeSql sql = LakeSql.read(sink, Rows.PIPELINE);
      return sql.write(
              SqlDialect.DUCKDB, lake.finalFolder().resolve("raw").toString(), sql.tables())
          .sql();
    }
  }

  private static String ask(String printed, String query) throws Exception {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute(printed);
      try (ResultSet row = statement.executeQuery(query)) {
        row.next();
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          values.add(row.getString(i));
        }
        return String.join("|", values);
      }
    }
  }

  @Test
  void ofTwoAtOnceOneIsTaken() throws Exception {
    write(0, COMMITS);
    List<String> orders = rows("orders");
    try (S3Sink one = lake.sink();
        S3Sink two = lake.sink()) {
      CompletableFuture<CompactionReport> first = async(one);
      CompletableFuture<CompactionReport> second = async(two);
      assertThat(first.get(60, TimeUnit.SECONDS).filesAfter()).isEqualTo(2);
      second.get(60, TimeUnit.SECONDS);
    }
    takeAtStart();
    compact(NOW);
    assertThat(rows("orders")).isEqualTo(orders);
    assertThat(lake.data()).hasSize(2);
    assertThat(lake.staged()).isEmpty();
  }

  @Test
  void aRunningWriterTakesItAndGoesOn() throws Exception {
    write(0, COMMITS);
    try (S3Sink sink = lake.builder().lookEvery(Duration.ofMillis(200)).build()) {
      long last = sink.open(Rows.PIPELINE).lastSequence();
      compact(NOW);
      Awaitility.await().atMost(PATIENCE).until(() -> lake.state("compaction").isEmpty());
      commit(sink, last, Rows.changes(ORDERS, last + 1, last + 5));
    }
    compact(NOW);
    assertThat(lake.query("select count(*), count(distinct _cdc_seq) from {}", "shop", "orders"))
        .containsExactly(COMMITS * 10 + 5 + "|" + (COMMITS * 10 + 5));
  }

  @Test
  void aRequestForATableThatWasForgottenSinceIsRefused() throws Exception {
    write(0, COMMITS);
    compact(NOW.withTables(table -> table.equals(ORDERS.table())));
    Path request = lake.finalFolder().resolve("raw/_sluice/shop/compaction");
    Path aside = Files.createTempDirectory("requests");
    String name = lake.state("compaction").get(0);
    Files.move(request.resolve(name), aside.resolve(name));
    try (S3Sink sink = lake.sink()) {
      long last = sink.open(Rows.PIPELINE).lastSequence();
      LoadChange forgotten =
          new LoadChange(List.of(), List.of(), List.of(), List.of(ORDERS.table()));
      S3SinkTest.commit(
          sink,
          sink.stage(),
          new CommitRequest(Rows.state(last), 0, last, false, List.of(), forgotten, List.of()));
    }
    Files.move(aside.resolve(name), request.resolve(name));
    takeAtStart();
    assertThat(live()).hasSize(2 * COMMITS);
    assertThat(lake.staged()).isEmpty();
    assertThat(compact(NOW).filesBefore())
        .as("files from before are left alone")
        .isEqualTo(COMMITS);
  }

  @Test
  void aFileThatIsNotWhatTheLogSaysIsLeftAlone() throws Exception {
    write(0, COMMITS);
    String victim =
        lake.data().stream().filter(k -> k.contains("orders")).findFirst().orElseThrow();
    Files.delete(lake.finalFolder().resolve(victim));
    CompactionReport report = compact(NOW);
    assertThat(report.filesAfter()).isEqualTo(1);
    assertThat(report.skipped()).singleElement().asString().contains("shop.orders", "is not there");
    takeAtStart();
    assertThat(live()).hasSize(COMMITS + 1);
  }

  @Test
  void badInputIsRefused() throws Exception {
    try (S3Sink sink = lake.sink()) {
      assertThatThrownBy(() -> sink.compact(Rows.PIPELINE, NOW, text -> {}))
          .isInstanceOf(StateException.class)
          .hasMessageContaining("nothing to compact");
      assertThatThrownBy(
              () -> sink.compact(Rows.PIPELINE, NOW.withTargetBytes(1).withMinFiles(1), t -> {}))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("targetBytes")
          .hasMessageContaining("minFiles");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "after-staged-part:1",
        "after-compacted-staged:1",
        "after-compacted-staged:2",
        "after-compaction-request:2"
      })
  void aCompactionThatDiesHarmsNothing(String failPoint) throws Exception {
    write(0, COMMITS);
    List<String> orders = rows("orders");
    assertThat(child(failPoint, "compact")).isEqualTo(137);
    takeAtStart();
    assertThat(distinct("orders")).isEqualTo(orders);
    compactUntilDone();
    assertThat(rows("orders")).isEqualTo(orders);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "before-commit-put:1",
        "after-commit-put:1",
        "between-promoted-files:1",
        "before-staged-delete:1",
        "before-request-removal:1"
      })
  void aWriterThatDiesWhileItTakesACompactionHarmsNothing(String failPoint) throws Exception {
    write(0, COMMITS);
    List<String> orders = rows("orders");
    compact(NOW);
    assertThat(child(failPoint, "take")).isEqualTo(137);
    assertThat(distinct("orders")).isEqualTo(orders);
    write(COMMITS, COMMITS + 2);
    List<String> more = distinct("orders");
    compactUntilDone();
    assertThat(rows("orders")).isEqualTo(more);
  }

  @Test
  void aCompactionThatDiesWhileItDeletesIsFinishedByTheNext() throws Exception {
    write(0, COMMITS);
    List<String> orders = rows("orders");
    compact(NOW);
    takeAtStart();
    assertThat(child("during-replaced-delete:1", "compact")).isEqualTo(137);
    assertThat(distinct("orders")).isEqualTo(orders);
    compactUntilDone();
    assertThat(rows("orders")).isEqualTo(orders);
  }

  /** Until nothing is left to be done: two files, no request, nothing staged. */
  private void compactUntilDone() throws Exception {
    Compaction later = NOW.withClock(Clock.offset(Clock.systemUTC(), Duration.ofDays(3)));
    for (int i = 0; i < 2; i++) {
      compact(later);
      takeAtStart();
    }
    compact(later);
    assertThat(lake.data()).hasSize(2);
    assertThat(lake.staged()).isEmpty();
  }

  private CompletableFuture<CompactionReport> async(S3Sink sink) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return sink.compact(Rows.PIPELINE, NOW, text -> {});
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private CompactionReport compact(Compaction compaction) throws Exception {
    try (S3Sink sink = lake.sink()) {
      return sink.compact(Rows.PIPELINE, compaction, text -> {});
    }
  }

  private void takeAtStart() throws Exception {
    try (S3Sink sink = lake.sink()) {
      sink.open(Rows.PIPELINE);
    }
    assertThat(lake.state("compaction")).isEmpty();
  }

  /** Each commit holds ten rows of each table. */
  private void write(int from, int to) throws Exception {
    try (S3Sink sink = lake.sink()) {
      sink.open(Rows.PIPELINE);
      for (int i = from; i < to; i++) {
        long first = i * 20L + 1;
        commit(
            sink,
            first - 1,
            Rows.changes(ORDERS, first, first + 9),
            Rows.changes(ITEMS, first + 10, first + 19));
      }
    }
  }

  private static void commit(S3Sink sink, long after, RowBatch... batches) throws Exception {
    Stage stage = sink.stage();
    long last = after;
    for (RowBatch batch : batches) {
      stage.write(batch);
      last = Math.max(last, batch.sequence(batch.size() - 1));
    }
    S3SinkTest.commit(sink, stage, Rows.request(after + 1, last));
  }

  /** Keys of the files that no commit has replaced. */
  private List<String> live() {
    List<String> keys = new ArrayList<>();
    try (S3Sink sink = lake.sink()) {
      sink.readLog(
          Rows.PIPELINE,
          0,
          commit -> {
            commit.files().forEach(file -> keys.add(file.key()));
            commit.compacted().forEach(file -> keys.add(file.key()));
            keys.removeAll(commit.replaced());
          });
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return keys;
  }

  private List<String> rows(String table) {
    List<String> rows = new ArrayList<>(lake.query(columns(""), "shop", table));
    rows.sort(Comparator.naturalOrder());
    return rows;
  }

  private List<String> distinct(String table) {
    List<String> rows = new ArrayList<>(lake.query(columns("distinct"), "shop", table));
    rows.sort(Comparator.naturalOrder());
    return rows;
  }

  private static String columns(String distinct) {
    return "select " + distinct + " columns(c -> c <> '_cdc_origin') from {}";
  }

  private int child(String failPoint, String what) throws Exception {
    Process process =
        ChildJvm.start(
            Child.class,
            List.of("-XX:TieredStopAtLevel=1"),
            Map.of("SLUICE_FAILPOINT", failPoint),
            Lake.server().endpoint().toString(),
            lake.finalBucket,
            what);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  /** Compacts, or takes what was compacted. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) throws Exception {
      try (S3Sink sink = ChildJvm.sink(args[0], args[1]).build()) {
        if (args[2].equals("compact")) {
          sink.compact(Rows.PIPELINE, NOW, text -> {});
        } else {
          sink.open(Rows.PIPELINE);
        }
      }
    }
  }
}
