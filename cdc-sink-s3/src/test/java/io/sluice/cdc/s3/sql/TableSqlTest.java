package io.sluice.cdc.s3.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.ColumnType;
import io.sluice.cdc.event.LogicalType;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.s3.LoggedCommit;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows from the log, without a bucket. */
class TableSqlTest {
  private static final TableName ORDERS = new TableName("shop", "orders");
  private static final ColumnType INT = ColumnType.of(LogicalType.INT32);
  private static final ColumnType TEXT = ColumnType.of(LogicalType.TEXT);

  private final TableHistory history = new TableHistory(ORDERS);

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 8, 9, 10, 57, 99, 100, 1999, 123_456_789_099L})
  void patternsFitExactlyTheCommitsAfterANumber(long dead) {
    structure(1, TEXT);
    file(dead, 1);
    history.forgotten(dead);
    history.loaded();
    String patterns = String.join(",", sql(SqlDialect.SPARK.dialect()).patternsOfLiveCommits());
    PathMatcher matcher =
        FileSystems.getDefault().getPathMatcher("glob:{" + patterns + "}.parquet");
    for (long commit : new long[] {0, 1, 9, 10, 11, 58, 60, 100, 101, 2000, 999_999_999_999L}) {
      check(matcher, commit, dead);
    }
    for (long commit = Math.max(0, dead - 20); commit < dead + 200; commit++) {
      check(matcher, commit, dead);
    }
  }

  private static void check(PathMatcher matcher, long commit, long dead) {
    Path name = Path.of(name(commit));
    assertThat(matcher.matches(name)).as("%s after %s", commit, dead).isEqualTo(commit > dead);
  }

  @Test
  void filesAreDeadOnlyOnceTheTableWasLoadedAgain() {
    structure(1, TEXT);
    file(2, 1);
    history.forgotten(3);
    structure(2, INT);
    file(4, 2);
    assertThat(history.deadThrough()).isZero();
    assertThat(against(SqlDialect.TRINO)).as("its old rows may count").hasSize(1);
    history.loaded();
    assertThat(history.deadThrough()).isEqualTo(3);
    assertThat(history.dead().versions()).containsExactly(1);
    assertThat(history.live().versions()).containsExactly(2);
    assertThat(against(SqlDialect.TRINO)).isEmpty();
  }

  @Test
  void aTypeThatChangedWhileOlderRowsCountIsRefusedExceptByDuckDb() {
    structure(1, TEXT);
    file(2, 1);
    structure(2, INT);
    file(3, 2);
    for (SqlDialect engine : SqlDialect.values()) {
      assertThat(against(engine)).hasSize(engine == SqlDialect.DUCKDB ? 0 : 1);
    }
  }

  @Test
  void aWiderIntegerAndAWiderDecimalAreReadByAll() {
    ColumnType small = ColumnType.decimal(9, 2);
    for (SqlDialect engine : SqlDialect.values()) {
      Dialect dialect = engine.dialect();
      assertThat(dialect.reads(INT, ColumnType.of(LogicalType.INT64))).isTrue();
      assertThat(dialect.reads(ColumnType.of(LogicalType.INT64), INT)).isFalse();
      assertThat(dialect.reads(small, ColumnType.decimal(14, 4))).isTrue();
      assertThat(dialect.reads(small, ColumnType.decimal(10, 4))).isFalse();
      assertThat(dialect.reads(INT, TEXT)).isFalse();
    }
  }

  @Test
  void namesThatAnEngineCannotTellApartGetSuffixesThatStayTheSame() {
    List<TableName> tables =
        List.of(
            table("Order"),
            table("order"),
            table("order_current"),
            table("漢字"),
            table("a b"),
            new TableName("SHOP", "order"));
    for (boolean strict : new boolean[] {true, false}) {
      Map<TableName, ObjectNames> names = ObjectNames.of(tables, strict);
      assertThat(
              names.values().stream()
                  .flatMap(
                      n ->
                          List.of(n.rows(), n.current(), n.asOf()).stream()
                              .map(o -> (n.schema() + "." + o).toLowerCase(java.util.Locale.ROOT))))
          .doesNotHaveDuplicates()
          .hasSize(18);
      assertThat(ObjectNames.of(tables, strict)).isEqualTo(names);
    }
    assertThat(ObjectNames.of(tables, true).values())
        .allSatisfy(
            n -> assertThat(n.schema() + n.rows() + n.current() + n.asOf()).matches("[a-z0-9_]+"));
    assertThat(ObjectNames.of(tables, false))
        .extractingByKey(table("漢字"))
        .extracting(ObjectNames::rows)
        .isEqualTo("漢字");
  }

  /**
   * Prepared statements of Athena are of a workgroup, those of Trino of a session: of no schema.
   */
  @Test
  void statementsOfTablesThatAreCalledAlikeInTwoDatabasesHaveTwoNames() {
    List<TableName> tables =
        List.of(
            ORDERS,
            new TableName("crm", "orders"),
            new TableName("crm_old", "b"),
            new TableName("crm", "old_b"),
            new TableName("2024", "b"));
    Map<TableName, ObjectNames> names = ObjectNames.of(tables, true);
    assertThat(tables.stream().map(t -> statement(names, t)))
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z_][a-z0-9_]{1,256}"))
        .startsWith("shop_orders_as_of", "crm_orders_as_of", "crm_old_b_as_of");
  }

  private static String statement(Map<TableName, ObjectNames> names, TableName table) {
    return Objects.requireNonNull(names.get(table)).statement();
  }

  @Test
  void aTableThatComesLaterTakesNoNameThatIsInUse() {
    List<TableName> tables =
        List.of(
            table("order"),
            table("Order"),
            table("order_current"),
            table("ORDER_AS_OF"),
            new TableName("SHOP", "order"));
    for (boolean strict : new boolean[] {true, false}) {
      for (int come = 1; come <= tables.size(); come++) {
        Map<TableName, ObjectNames> before = ObjectNames.of(tables.subList(0, come), strict);
        assertThat(ObjectNames.of(tables, strict)).containsAllEntriesOf(before);
      }
    }
  }

  @Test
  void aNameCannotEndAComment() {
    SqlText out = new SqlText();
    out.comment("a\nDROP\r\u2028TABLE");
    assertThat(out.toString()).isEqualTo("-- a DROP  TABLE\n");
  }

  private List<String> against(SqlDialect engine) {
    Dialect dialect = engine.dialect();
    return dialect.against(Readable.of(history, dialect));
  }

  private TableSql sql(Dialect dialect) {
    Map<TableName, ObjectNames> names = ObjectNames.of(List.of(ORDERS), true);
    return new TableSql(
        Readable.of(history, dialect), names.values().iterator().next(), "s3://lake", dialect);
  }

  private void structure(int version, ColumnType type) {
    Column column = new Column("a", "whatever", type, true);
    history.add(
        new LoggedCommit.Structure(version, new TableSchema(ORDERS, List.of(column), List.of())));
  }

  private void file(long commit, int version) {
    String key = "raw/shop/orders/dt=2024-01-01/" + name(commit);
    history.add(
        new LoggedCommit.File(
            ORDERS, key, false, 1, version, commit, commit, LocalDate.of(2024, 1, 1)));
  }

  private static String name(long commit) {
    return String.format(java.util.Locale.ROOT, "%020d-00000-change.parquet", commit);
  }

  private static TableName table(String name) {
    return new TableName("shop", name);
  }
}
