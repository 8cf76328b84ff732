package io.sluice.cdc.examples;

import static io.sluice.cdc.examples.PlantedSecrets.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.config.Protection;
import io.sluice.cdc.config.ProtectionConfig;
import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.error.ConfigurationException;
import io.sluice.cdc.status.PlannedTable;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which tables and columns are taken. */
@Tag("servers")
class ChosenTablesTest {
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
    world
        .mysql()
        .execute(
            "DROP DATABASE IF EXISTS shop",
            "DROP DATABASE IF EXISTS shop_old",
            "CREATE DATABASE shop",
            "CREATE DATABASE shop_old",
            "CREATE TABLE shop.orders (id INT PRIMARY KEY, total INT, note TEXT, Card TEXT)",
            "CREATE TABLE shop.order_lines (id INT PRIMARY KEY)",
            "CREATE TABLE shop.tmp_1 (id INT PRIMARY KEY)",
            "CREATE TABLE shop.`odd.name` (id INT PRIMARY KEY)",
            "CREATE TABLE shop_old.orders (id INT PRIMARY KEY)",
            "INSERT INTO shop.orders VALUES (1, 10, 'n', 'c')");
  }

  @Test
  void wildcardsChooseDatabasesAndTablesAndWhatIsExcludedIsNotTaken() throws Exception {
    assertThat(tables(world.source()))
        .containsExactly("shop.odd.name", "shop.order_lines", "shop.orders", "shop.tmp_1");
    assertThat(tables(world.everything().exclude("shop.tmp_*").exclude("*_old.*")))
        .containsExactly("shop.odd.name", "shop.order_lines", "shop.orders");
    assertThat(
            tables(
                SourceConfig.builder()
                    .host(world.mysql().host())
                    .port(world.mysql().port())
                    .user(world.mysql().rootUser())
                    .password(world.mysql().rootPassword())
                    .include("shop*.orders")
                    .include("shop.tmp_?")
                    .include("shop.`odd.name`")))
        .containsExactly("shop.odd.name", "shop.orders", "shop.tmp_1", "shop_old.orders");
  }

  @Test
  void aPatternThatMatchesNoTableIsRefusedWithItsKeyAndARemedy() {
    SourceConfig.Builder source =
        world.source().include("shop.ordres").include("shp.*").exclude("shop.secrts");
    assertThatThrownBy(() -> tables(source))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("source.include: 'shop.ordres' matches no table")
        .hasMessageContaining("source.include: 'shp.*' matches no table")
        .hasMessageContaining("source.exclude: 'shop.secrts' matches no table")
        .hasMessageContaining("correct or remove it");
  }

  @Test
  void anExcludedPatternMayBeForTablesToCome() throws Exception {
    assertThat(tables(world.source().exclude("shop._*_gho"))).contains("shop.orders");
  }

  @Test
  void columnsAreChosenByRulesThatKeepAndOneThatDropsTheRest() throws Exception {
    CdcPipeline.Builder pipeline =
        world
            .pipeline("chosen")
            .protection(
                ProtectionConfig.NONE.withColumns(
                    List.of(
                        rule("shop.orders.id", Protection.keep()),
                        rule("shop.orders.TOTAL", Protection.keep()),
                        rule("shop.orders.*", Protection.drop()))));
    world.follow(pipeline, "INSERT INTO shop.orders VALUES (2, 20, 'n', 'c')");
    assertThat(
            world.read(
                "chosen",
                "shop/orders",
                "* EXCLUDE (_cdc_seq, _cdc_ts, _cdc_tx)",
                "true ORDER BY id"))
        .containsExactly("1|10|r", "2|20|c");
  }

  @Test
  void aRuleThatMatchesNoColumnIsRefusedWithItsKeyAndARemedy() {
    CdcPipeline.Builder pipeline =
        world
            .pipeline("nothing")
            .protection(
                ProtectionConfig.NONE.withColumns(
                    List.of(rule("shop.orders.crd", Protection.drop()))));
    assertThatThrownBy(
            () -> {
              try (CdcPipeline built = pipeline.build()) {
                built.plan();
              }
            })
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("columns: 'shop.orders.crd' matches no column of an included table")
        .hasMessageContaining("correct or remove it");
  }

  @Test
  void aPlanTellsRulesThatHaveNoEffect() throws Exception {
    CdcPipeline.Builder pipeline =
        world
            .pipeline("effect")
            .protection(
                ProtectionConfig.NONE.withColumns(
                    List.of(
                        rule("shop.*.*", Protection.keep()), rule("*.*.card", Protection.drop()))));
    try (CdcPipeline built = pipeline.build()) {
      assertThat(built.plan().advice())
          .anyMatch(
              finding ->
                  finding.problem().contains("'*.*.card' of columns has no effect now")
                      && finding.problem().contains("'shop.*.*'"));
    }
  }

  private static List<String> tables(SourceConfig.Builder source) throws Exception {
    try (CdcPipeline pipeline = world.pipeline("tables").source(source.build()).build()) {
      return pipeline.plan().tables().stream()
          .map(PlannedTable::table)
          .map(Object::toString)
          .toList();
    }
  }
}
