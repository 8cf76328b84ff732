package io.sluice.cdc.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.testkit.S3Clients;
import io.sluice.cdc.testkit.TestServers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

@Tag("servers")
class RowCheckerTest {
  private static final String ROWS =
      "SELECT * FROM (VALUES %s) v(id, name, amount, _cdc_op, _cdc_seq)";
  private static final String TYPED =
      "SELECT id::INTEGER AS id, name::VARCHAR AS name, amount::DECIMAL(10,2) AS amount, _cdc_op, _cdc_seq FROM ("
          + ROWS
          + ")";
  private static final String LOADED =
      "(1,'one',1.5,'r',1),(2,'two',2.0,'r',1),(3,'three',3.0,'r',1)";
  private static final String CHANGED =
      "(2,'two!',2.0,'u',2),(3,'three',3.0,'d',3),(4,'four',NULL,'c',4)";

  private static TestServers servers;
  private static S3Client s3;

  @TempDir Path work;
  private Lake lake;

  @BeforeAll
  static void start() {
    servers = TestServers.open();
    s3 = S3Clients.of(servers.s3());
  }

  @AfterAll
  static void stop() {
    s3.close();
    servers.close();
  }

  @BeforeEach
  void fill() throws Exception {
    servers
        .mysql()
        .execute(
            "DROP DATABASE IF EXISTS shop",
            "CREATE DATABASE shop",
            "CREATE TABLE shop.t (id INT PRIMARY KEY, name VARCHAR(20), amount DECIMAL(10,2))",
            "INSERT INTO shop.t VALUES (1, 'one', 1.5), (2, 'two!', 2), (4, 'four', NULL)");
    lake = new Lake(servers.s3(), s3, "check-" + UUID.randomUUID());
  }

  @AfterEach
  void drain() throws Exception {
    lake.close();
  }

  @Test
  void finds_a_faithful_copy_equal() throws Exception {
    load(LOADED);
    change("b", CHANGED);
    CheckReport report = check();
    assertThat(report.differences()).isEmpty();
    assertThat(report.equal()).isTrue();
    assertThat(report.verdict()).isEqualTo("equal: 3 rows of 1 tables, 3 changes");
    assertThat(report.counts())
        .isEqualTo(new CheckCounts(1, 3, 3, 1, 1, 1, 0, 2, 1, 2, report.counts().bytes(), 4));
  }

  @Test
  void takes_compacted_files_for_those_that_they_replace_whether_these_are_there_or_not()
      throws Exception {
    load(LOADED);
    change("b", "(2,'two!',2.0,'u',2)");
    change("c", "(3,'three',3.0,'d',3),(4,'four',NULL,'c',4)");
    compact("d", CHANGED);
    assertThat(words(check())).isEmpty();
    lake.delete(lake.key("t", "b"));
    lake.delete(lake.key("t", "c"));
    assertThat(words(check())).isEmpty();
    lake.delete(lake.key("t", "d"));
    assertThat(words(check())).isNotEmpty();
  }

  @Test
  void sees_a_compaction_that_lost_a_row() throws Exception {
    load(LOADED);
    change("b", "(2,'two!',2.0,'u',2)");
    change("c", "(3,'three',3.0,'d',3),(4,'four',NULL,'c',4)");
    compact("d", "(2,'two!',2.0,'u',2),(4,'four',NULL,'c',4)");
    assertThat(String.join(" ", words(check())))
        .contains("compacted files with what they replace")
        .contains("numbers without a gap");
  }

  /** What others made of the files; DuckDB's views need no server. */
  private record Derived(String sql, boolean leavesOut) implements DerivedTables {
    @Override
    public String name() {
      return "view";
    }

    @Override
    public List<String> preparation() {
      return sql.isEmpty() ? List.of() : List.of("CREATE VIEW \"the view\" AS " + sql);
    }

    @Override
    public String relation(String database, String table) {
      return sql.isEmpty() ? null : "\"the view\"";
    }

    @Override
    public boolean leavesOut(String database, String table) {
      return leavesOut;
    }
  }

  private CheckReport checkWith(String view) throws Exception {
    load(LOADED);
    change("b", CHANGED);
    return checker().alsoCompare(new Derived(view, false)).build().check();
  }

  private static String view(String rows) {
    return "SELECT id::INTEGER AS ID, name, amount FROM (VALUES " + rows + ") v(id, name, amount)";
  }

  @Test
  void finds_a_derived_table_equal_whatever_its_types_are() throws Exception {
    CheckReport report = checkWith(view("(4,'four',NULL),(1,'one',1.500),(2,'two!',2.000)"));
    assertThat(words(report)).isEmpty();
  }

  @Test
  void sees_what_a_derived_table_has_otherwise() throws Exception {
    CheckReport report = checkWith(view("(1,'one',1.5),(1,'one',1.5),(2,'two',2.0)"));
    assertThat(words(report)).hasSize(3).allMatch(w -> w.contains("shop.t (view)"));
  }

  @Test
  void sees_that_a_derived_table_lacks_a_column() throws Exception {
    CheckReport report =
        checkWith("SELECT * EXCLUDE (name) FROM (" + view("(1,'one',1.5),(2,'two!',2)") + ")");
    assertThat(String.join(" ", words(report)))
        .contains("shop.t (view)")
        .contains("no such column");
  }

  @Test
  void sees_that_a_derived_table_is_not_there() throws Exception {
    assertThat(words(checkWith(""))).singleElement().asString().contains("no such table");
  }

  @Test
  void tells_that_a_derived_table_is_left_out() throws Exception {
    load(LOADED);
    change("b", CHANGED);
    CheckReport report = checker().alsoCompare(new Derived("", true)).build().check();
    assertThat(report.equal()).isTrue();
    assertThat(report.notes()).singleElement().asString().contains("left out of view");
  }

  private void compact(String name, String rows) throws Exception {
    lake.commit()
        .file("t", "change", name, typed(rows))
        .replacing(lake.key("t", "b"), lake.key("t", "c"))
        .done();
  }

  @Test
  void leaves_no_file_behind() throws Exception {
    load(LOADED);
    change("b", CHANGED);
    check();
    try (Stream<Path> left = Files.list(work)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void sees_a_changed_value() throws Exception {
    load(LOADED);
    change("b", CHANGED.replace("two!", "two?"));
    assertThat(words(check()))
        .containsExactly("shop.t, id='2', column name: expected 'two!', found 'two?'");
  }

  @Test
  void sees_a_value_instead_of_null() throws Exception {
    load(LOADED);
    change("b", CHANGED.replace("NULL", "0"));
    assertThat(words(check()))
        .containsExactly("shop.t, id='4', column amount: expected NULL, found '0.00'");
  }

  @Test
  void sees_a_missing_row() throws Exception {
    load("(2,'two',2.0,'r',1),(3,'three',3.0,'r',1)");
    change("b", CHANGED);
    assertThat(words(check())).containsExactly("shop.t, id='1': expected a row, found no such row");
  }

  @Test
  void sees_a_lost_delete_and_the_gap_it_leaves() throws Exception {
    load(LOADED);
    change("b", "(2,'two!',2.0,'u',2),(4,'four',NULL,'c',4)");
    assertThat(words(check()))
        .containsExactlyInAnyOrder(
            "shop.t, id='3': expected no such row, found a row",
            "_cdc_seq: expected numbers without a gap, found no change with the numbers 3 to 3");
  }

  @Test
  void sees_a_change_that_is_there_twice() throws Exception {
    load(LOADED);
    change("b", CHANGED + ",(2,'two!',2.0,'u',2)");
    assertThat(words(check()))
        .contains(
            "_cdc_seq: expected every number once, found 2 2 times",
            "shop.t, id='2': expected no such row, found a row");
  }

  @Test
  void sees_a_change_that_is_there_twice_under_two_numbers() throws Exception {
    load(LOADED);
    change("b", CHANGED + ",(4,'four',NULL,'c',5)");
    assertThat(words(check()))
        .containsExactly(
            "shop.t, id='4', column _cdc_op: expected 'c' only where the key is not there,"
                + " found 'c' with _cdc_seq 5 after 'c'");
  }

  @Test
  void sees_a_row_that_was_loaded_twice() throws Exception {
    load(LOADED + ",(1,'one',1.5,'r',1)");
    change("b", CHANGED);
    assertThat(words(check())).anyMatch(w -> w.contains("'r' only where the key is not there"));
  }

  @Test
  void sees_a_missing_file() throws Exception {
    load(LOADED);
    change("b", CHANGED);
    lake.delete(lake.key("t", "b"));
    assertThat(words(check()))
        .contains(lake.key("t", "b") + ": expected the file that a commit lists, found no object")
        .anyMatch(w -> w.startsWith("_cdc_seq: expected the last number 4"));
  }

  @Test
  void sees_a_file_that_no_commit_lists() throws Exception {
    load(LOADED);
    change("b", CHANGED);
    lake.put(lake.key("t", "orphan"), new byte[] {1});
    assertThat(words(check()))
        .containsExactly(
            lake.key("t", "orphan")
                + ": expected only files that a commit lists, found a file that none lists");
  }

  @Test
  void sees_a_damaged_file() throws Exception {
    load(LOADED);
    change("b", CHANGED);
    lake.put(lake.key("t", "b"), new byte[] {1, 2, 3});
    assertThat(words(check()))
        .anyMatch(w -> w.endsWith("found 3 bytes"))
        .anyMatch(w -> w.contains("expected the checksum crc32c:"))
        .anyMatch(w -> w.contains("found what DuckDB cannot read"));
  }

  @Test
  void sees_a_record_that_lies_about_its_file() throws Exception {
    load(LOADED);
    lake.commit()
        .file("t", "change", "b", typed(CHANGED))
        .lie("rows", 7)
        .lie("lastSequence", 3)
        .done();
    assertThat(words(check()))
        .contains(
            lake.key("t", "b") + ": expected 7 rows, found 3 rows",
            lake.key("t", "b") + ": expected _cdc_seq 2 to 3, found _cdc_seq 2 to 4");
  }

  @Test
  void sees_a_hole_in_the_log() throws Exception {
    load(LOADED);
    change("b", "(2,'two!',2.0,'u',2)");
    change("c", "(3,'three',3.0,'d',3),(4,'four',NULL,'c',4)");
    lake.delete(lake.logKey(3));
    assertThat(words(check()))
        .anyMatch(
            w -> w.contains("expected record 3 of the commit log, found a hole before record 4"));
  }

  @Test
  void sees_a_record_that_was_tampered_with() throws Exception {
    load(LOADED);
    change("b", CHANGED);
    lake.put(
        lake.logKey(1),
        "{\"format\":1,\"kind\":\"claim\",\"commit\":1}".getBytes(StandardCharsets.UTF_8));
    assertThat(words(check()))
        .containsExactly(
            lake.logKey(1)
                + ": expected the checksum of its content at its end, found another, or none");
  }

  @Test
  void does_not_call_an_empty_log_equal() throws Exception {
    lake.claim();
    assertThat(words(check()))
        .containsExactly("p: expected a table in the commit log, found none: nothing was compared");
  }

  @Test
  void sees_that_there_is_no_log() throws Exception {
    assertThat(check().equal()).isFalse();
  }

  @Test
  void sees_a_table_that_should_be_there() throws Exception {
    load(LOADED);
    change("b", CHANGED);
    CheckReport report = checker().expectTable("shop", "forgotten").build().check();
    assertThat(words(report))
        .containsExactly(
            "shop.forgotten: expected the table in the commit log, found no commit that knows it");
  }

  @Test
  void forgets_what_was_before_the_last_truncate() throws Exception {
    load(LOADED);
    servers.mysql().execute("TRUNCATE shop.t", "INSERT INTO shop.t VALUES (9, 'nine', 9)");
    change("b", "(NULL,NULL,NULL,'t',2),(9,'nine',9,'c',3)");
    assertThat(check().differences()).isEmpty();
  }

  @Test
  void sees_a_truncate_that_never_was() throws Exception {
    load(LOADED);
    change("b", CHANGED + ",(NULL,NULL,NULL,'t',5)");
    CheckReport report = check();
    assertThat(report.differenceCount()).isEqualTo(3);
    assertThat(words(report)).allMatch(w -> w.endsWith("expected a row, found no such row"));
  }

  @Test
  void sees_a_column_that_the_bucket_does_not_have() throws Exception {
    load(LOADED);
    change("b", CHANGED);
    servers.mysql().execute("ALTER TABLE shop.t ADD COLUMN more INT");
    assertThat(words(check()))
        .singleElement()
        .asString() // a newer server says int, an older one int(11)
        .matches("shop\\.t, column more: expected a column of type int.*, found no such column");
  }

  @Test
  void reads_files_of_an_older_structure() throws Exception {
    load(LOADED);
    servers
        .mysql()
        .execute(
            "ALTER TABLE shop.t ADD COLUMN more INT", "UPDATE shop.t SET more = 7 WHERE id = 1");
    change("b", CHANGED);
    String query =
        typed("(1,'one',1.5,'u',5)").replace("SELECT id::", "SELECT 7::INTEGER AS more, id::");
    lake.commit()
        .schema("t", 2, 1, "id", "name", "amount", "more")
        .file("t", "change", "c", query, 2)
        .done();
    assertThat(check().differences()).isEmpty();
  }

  @Test
  void sees_a_wrong_type_though_the_values_are_right() throws Exception {
    load(LOADED);
    lake.commit()
        .file("t", "change", "b", typed(CHANGED).replace("id::INTEGER", "id::BIGINT"))
        .done();
    assertThat(words(check()))
        .containsExactly("shop.t, column id: expected the type INTEGER, found the type BIGINT");
  }

  @Test
  void compares_a_table_without_a_key_as_a_multiset() throws Exception {
    keyless("(1),(1),(2)");
    lake.claim();
    String rows =
        "SELECT n::INTEGER AS n, _cdc_op, _cdc_seq FROM (VALUES %s) v(n, _cdc_op, _cdc_seq)";
    lake.commit()
        .schema("k", 1, 0, "n")
        .view()
        .file("k", "load", "a", String.format(rows, "(1,'r',1),(1,'r',1),(1,'r',1)"))
        .done();
    lake.commit().file("k", "change", "b", String.format(rows, "(1,'d',2),(2,'c',3)")).done();
    assertThat(check().differences()).isEmpty();
    lake.commit()
        .file("k", "change", "c", String.format(rows, "(1,'d',4),(2,'c',5),(2,'c',6)"))
        .done();
    assertThat(words(check()))
        .containsExactly(
            "shop.k: expected a row n='1', found no such row",
            "shop.k: expected no such row, found 2 times a row n='2'");
  }

  @Test
  void refuses_an_update_of_a_table_without_a_key() throws Exception {
    keyless("(2)");
    lake.claim();
    lake.commit()
        .schema("k", 1, 0, "n")
        .file(
            "k",
            "change",
            "a",
            "SELECT * FROM (VALUES (1,'c',1),(2,'u',2)) v(n, _cdc_op, _cdc_seq)")
        .done();
    assertThat(words(check()))
        .anyMatch(
            w -> w.contains("an update of a table without a key to be a delete and an insert"));
  }

  @Test
  void counts_all_differences_and_describes_the_first() throws Exception {
    load(LOADED);
    change("b", CHANGED);
    servers.mysql().execute("INSERT INTO shop.t SELECT id + 1000, name, amount FROM shop.t");
    CheckReport report = checker().describe(2).build().check();
    assertThat(report.differenceCount()).isEqualTo(3);
    assertThat(report.differences()).hasSize(2);
    assertThat(report.inWords()).endsWith("and 1 more");
  }

  private void keyless(String rows) throws Exception {
    servers
        .mysql()
        .execute(
            "DROP TABLE shop.t",
            "CREATE TABLE shop.k (n INT)",
            "INSERT INTO shop.k VALUES " + rows);
  }

  private void load(String rows) throws Exception {
    lake.claim();
    lake.commit()
        .schema("t", 1, 1, "id", "name", "amount")
        .view()
        .file("t", "load", "a", typed(rows))
        .done();
  }

  private void change(String name, String rows) throws Exception {
    lake.commit().file("t", "change", name, typed(rows)).done();
  }

  private static String typed(String rows) {
    return String.format(TYPED, rows);
  }

  private CheckReport check() throws Exception {
    return checker().build().check();
  }

  private RowChecker.Builder checker() {
    return RowChecker.builder()
        .endpoint(servers.s3().endpoint())
        .region(servers.s3().region())
        .pathStyle(true)
        .credentials(servers.s3().accessKey(), servers.s3().secretKey())
        .finalLocation(lake.location())
        .pipeline(Lake.PIPELINE)
        .mysql(
            servers.mysql().jdbcUrl(), servers.mysql().rootUser(), servers.mysql().rootPassword())
        .workFolder(work);
  }

  private static List<String> words(CheckReport report) {
    return report.differences().stream().map(Difference::inWords).toList();
  }
}
