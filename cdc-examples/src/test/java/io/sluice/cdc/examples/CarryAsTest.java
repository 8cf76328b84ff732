package io.sluice.cdc.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.config.ColumnRule;
import io.sluice.cdc.config.TypesConfig;
import io.sluice.cdc.error.ConfigurationException;
import io.sluice.cdc.error.UnsupportedColumnException;
import io.sluice.cdc.event.CarryAs;
import io.sluice.cdc.event.ZeroDates;
import io.sluice.cdc.testkit.check.CheckReport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Choices for single columns, by load and by stream. */
@Tag("servers")
class CarryAsTest {
  private static final TypesConfig CHOICES =
      TypesConfig.DEFAULT.withColumns(
          List.of(
              new ColumnRule("shop.*.as_text_*", CarryAs.TEXT),
              new ColumnRule("shop.t?.is_*", CarryAs.BOOLEAN),
              new ColumnRule("shop.t*.big_?", CarryAs.INT64),
              new ColumnRule("*.*.is_*", CarryAs.TEXT)));

  private static final String TABLE =
      "CREATE TABLE shop.%s (id INT PRIMARY KEY, as_text_a DECIMAL(10,2) ZEROFILL, as_text_b DECIMAL(30,10), as_text_c BIGINT UNSIGNED, as_text_d TINYINT,"
          + " as_text_e SMALLINT UNSIGNED, as_text_f BIT(64), as_text_g YEAR, as_text_h DATE, as_text_i DATETIME(3), as_text_j TIMESTAMP(6) NULL, as_text_k TIME(2),"
          + " is_a TINYINT(1), is_b BIT, is_c BIGINT UNSIGNED, big_a BIGINT UNSIGNED, big_b BIT(64), big_c TINYINT UNSIGNED, plain INT)";
  private static final String LOW =
      "1, 1.5, -1.5, 18446744073709551615, -128, 65535, b'11', '0000', '0001-02-03', '2024-02-29 01:02:03.045', '1970-01-01 00:00:01', '-00:00:00.5', 1, b'0', 0,"
          + " 9223372036854775807, 0, 255, 7";
  private static final String HIGH =
      "2, 0, 99999999999999999999.9999999999, 0, 127, 0, 18446744073709551615, 2155, '9999-12-31', '9999-12-31 23:59:59.999', '2038-01-19 03:14:07.999999', '838:59:58.99', 0, b'1', 1, 0, 9223372036854775807, 0, NULL";
  private static final String LOW_READ =
      "1|1.50|-1.5000000000|18446744073709551615|-128|65535|3|0000|0001-02-03|2024-02-29 01:02:03.045|1970-01-01 00:00:01.000000|-00:00:00.50|true|false|false|9223372036854775807|0|255|7";
  private static final String HIGH_READ =
      "2|0.00|99999999999999999999.9999999999|0|127|0|18446744073709551615|2155|9999-12-31|9999-12-31 23:59:59.999|2038-01-19 03:14:07.999999|838:59:58.99|false|true|true|0|9223372036854775807|0|NULL";

  private static PipelineWorld world;

  @BeforeAll
  static void open() {
    world = PipelineWorld.open();
  }

  @AfterAll
  static void close() {
    world.close();
  }

  @BeforeEach
  void begin() throws Exception {
    execute("DROP DATABASE IF EXISTS shop", "CREATE DATABASE shop");
  }

  @Test
  void loadAndStreamCarryColumnsAsChosen() throws Exception {
    execute(
        String.format(TABLE, "t1"),
        "INSERT INTO shop.t1 VALUES (" + LOW + "), (" + HIGH + "), (3" + ", NULL".repeat(18) + ")");
    catchUp("chosen", CHOICES);
    world.follow(
        world.pipeline("chosen").types(CHOICES),
        "INSERT INTO shop.t1 SELECT id + 10" + columns().replace("id, ", ", ") + " FROM shop.t1",
        String.format(TABLE, "t2"),
        "INSERT INTO shop.t2 SELECT * FROM shop.t1",
        "DELETE FROM shop.t2");
    assertEqual("chosen");
    for (String table : List.of("t1", "t2")) {
      for (int n = 0; n < 20; n += 10) {
        assertThat(world.read("chosen", "shop/" + table, columns(), "id % 10 = 1 AND id >= " + n))
            .isNotEmpty()
            .allSatisfy(r -> assertThat(r.replaceFirst("^\\d+", "1")).isEqualTo(LOW_READ));
        assertThat(world.read("chosen", "shop/" + table, columns(), "id % 10 = 2 AND id >= " + n))
            .isNotEmpty()
            .allSatisfy(r -> assertThat(r.replaceFirst("^\\d+", "2")).isEqualTo(HIGH_READ));
      }
    }
    assertThat(
            world.read(
                "chosen", "shop/t1", "typeof(is_a), typeof(as_text_a), typeof(big_a)", "id = 1"))
        .containsExactly("BOOLEAN|VARCHAR|BIGINT");
  }

  @Test
  void anotherChoiceBetweenTwoRunsBeginsAnotherStructure() throws Exception {
    execute(
        "CREATE TABLE shop.t1 (id INT PRIMARY KEY, is_a TINYINT(1), as_text_p DECIMAL(9,2))",
        "INSERT INTO shop.t1 VALUES (1, 1, 1.5)");
    catchUp("changed", TypesConfig.DEFAULT);
    execute("INSERT INTO shop.t1 VALUES (2, 0, 2.5)");
    catchUp("changed", TypesConfig.DEFAULT.withColumns(CHOICES.columns().subList(0, 2)));
    assertEqual("changed");
    assertThat(world.read("changed", "shop/t1", "typeof(is_a), is_a, as_text_p", "id = 2"))
        .singleElement()
        .asString()
        .endsWith("2.50");
    execute("INSERT INTO shop.t1 VALUES (3, 0, 3.5)");
    catchUp("changed", TypesConfig.DEFAULT);
    assertEqual("changed");
  }

  @Test
  void aValueThatDoesNotFitStopsTheLoadAndTheStreamByName() throws Exception {
    execute("CREATE TABLE shop.t1 (id INT PRIMARY KEY, big_a BIGINT UNSIGNED, is_a TINYINT(1))");
    TypesConfig choices = TypesConfig.DEFAULT.withColumns(CHOICES.columns().subList(1, 3));
    catchUp("loud", choices);
    execute("INSERT INTO shop.t1 VALUES (1, 9223372036854775808, 0)");
    for (String id : List.of("loud", "loud-load")) {
      assertThatThrownBy(() -> catchUp(id, choices))
          .isInstanceOf(UnsupportedColumnException.class)
          .hasMessageContaining("shop.t1.big_a holds 9223372036854775808, which does not fit int64")
          .hasMessageContaining("types.columns");
    }
    execute("UPDATE shop.t1 SET big_a = 1, is_a = 5");
    assertThatThrownBy(() -> catchUp("louder", choices))
        .isInstanceOf(UnsupportedColumnException.class)
        .hasMessageContaining("shop.t1.is_a holds 5, which does not fit boolean");
  }

  @Test
  void aRuleThatMatchesNothingOrDoesNotFitIsRefusedAtTheStart() throws Exception {
    execute("CREATE TABLE shop.t1 (id INT PRIMARY KEY, name VARCHAR(5), price FLOAT)");
    assertThatThrownBy(() -> catchUp("none", rule("shop.t1.nme", CarryAs.TEXT)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("types.columns: 'shop.t1.nme' matches no column");
    assertThatThrownBy(() -> catchUp("none", rule("shop.t1.name", CarryAs.BOOLEAN)))
        .isInstanceOf(UnsupportedColumnException.class)
        .hasMessageContaining("shop.t1.name")
        .hasMessageContaining("shop.t1.name as boolean")
        .hasMessageContaining("whole numbers and bits");
    assertThatThrownBy(() -> catchUp("none", rule("shop.*.price", CarryAs.TEXT)))
        .isInstanceOf(UnsupportedColumnException.class)
        .hasMessageContaining("float");
  }

  @Test
  void datesAsTextAreWhatMySqlPrints() throws Exception {
    TypeCases cases = TypeCases.read("times");
    List<String> statements = new ArrayList<>();
    statements.add("SET sql_mode = 'ALLOW_INVALID_DATES', time_zone = '+00:00'");
    statements.add(cases.create("shop"));
    for (int n = 0; n < cases.rows(); n++) {
      statements.add(cases.insert("shop", n));
    }
    execute(statements.toArray(String[]::new));
    TypesConfig text = TypesConfig.DEFAULT.withZeroDates(ZeroDates.TEXT);
    catchUp("dates", text);
    execute(
        "SET sql_mode = 'ALLOW_INVALID_DATES'",
        "INSERT INTO shop.times SELECT id + 1000, 1, " + cases.names() + " FROM shop.times");
    catchUp("dates", text);
    assertEqual("dates");
    assertThat(world.read("dates", "shop/times", "c0, c1, c8", "id % 1000 = 9"))
        .containsExactly(
            "2021-00-00|9999-12-31 23:59:59|2024-10-27 01:30:00",
            "2021-00-00|9999-12-31 23:59:59|2024-10-27 01:30:00");
    assertThat(world.read("dates", "shop/times", "c1, c8", "id % 1000 = 10"))
        .containsExactly(
            "0000-00-00 00:00:00|0000-00-00 00:00:00", "0000-00-00 00:00:00|0000-00-00 00:00:00");
  }

  private static TypesConfig rule(String match, CarryAs as) {
    return TypesConfig.DEFAULT.withColumns(List.of(new ColumnRule(match, as)));
  }

  private static String columns() {
    return "id, as_text_a, as_text_b, as_text_c, as_text_d, as_text_e, as_text_f, as_text_g, as_text_h, as_text_i, as_text_j, as_text_k, is_a, is_b, is_c, big_a, big_b, big_c, plain";
  }

  private static void execute(String... statements) throws Exception {
    world.mysql().execute(statements);
  }

  private static void catchUp(String id, TypesConfig types) throws InterruptedException {
    try (CdcPipeline pipeline = world.pipeline(id).types(types).build()) {
      pipeline.stopWhenCaughtUp();
      pipeline.start();
      pipeline.awaitEnd();
    }
  }

  private static void assertEqual(String id) throws Exception {
    CheckReport report = world.check(id);
    assertThat(report.equal()).as(report.inWords()).isTrue();
  }
}
