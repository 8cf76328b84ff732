package io.sluice.cdc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.testkit.check.CheckReport;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Names that are allowed and awkward, of databases, tables and columns. */
@Tag("servers")
class NamesTest {
  /** Outside of the basic plane MySQL allows no letters in names; inside it nearly everything. */
  private static final List<TableName> TABLES =
      List.of(
          new TableName("a.b", "c"),
          new TableName("a", "b.c"),
          new TableName("a", "b%2Ec"),
          new TableName("plain", "order"),
          new TableName("plain", "Order"),
          new TableName("plain", "_hidden"),
          new TableName("plain", "back`quote"),
          new TableName("plain", "double\"quote"),
          new TableName("plain", "single'quote"),
          new TableName("plain", "semi;colon -- comment"),
          new TableName("plain", "x`; DROP TABLE `plain`.`order`; --"),
          new TableName("plain", "$dollar$1"),
          new TableName("plain", "with space"),
          new TableName("plain", "sla/sh\\back"),
          new TableName("plain", "per%cent%s"),
          new TableName("plain", "üñí☃漢字"),
          new TableName("plain", "select"),
          new TableName("plain", "star*and?mark"),
          new TableName("plain", "1234"),
          new TableName("plain", "n".repeat(64)),
          new TableName("sp ace/sl'ash`x", "t\tab"),
          new TableName("Plain", "order"));

  private static final List<String> COLUMNS =
      List.of(
          "co.lon",
          "sel`ect",
          "from",
          "\"q\"",
          "it's",
          "$x",
          "sp ace",
          "a/b\\c",
          "%s",
          "ß☃",
          "c".repeat(64),
          "x; DROP TABLE y");

  @Test
  void everyNameIsCarriedByLoadAndStreamAndThroughAnAlter() throws Exception {
    try (PipelineWorld world = PipelineWorld.open()) {
      for (String database : TABLES.stream().map(TableName::database).distinct().toList()) {
        world.mysql().execute("CREATE DATABASE " + TableName.quote(database));
      }
      for (TableName table : TABLES) {
        world.mysql().execute(create(table), insert(table, 1));
      }
      catchUp(world);
      for (TableName table : TABLES) {
        world
            .mysql()
            .execute(
                insert(table, 2),
                "ALTER TABLE " + table.quoted() + " ADD COLUMN `new one` INT",
                "ALTER TABLE " + table.quoted() + " ADD COLUMN `it``s` INT DEFAULT 3",
                "UPDATE " + table.quoted() + " SET `new one` = 5");
      }
      catchUp(world);
      CheckReport report = world.check("names");
      assertThat(report.equal()).as(report.inWords()).isTrue();
      assertThat(report.counts().tables()).isEqualTo(TABLES.size());
    }
  }

  private static String create(TableName table) {
    String columns =
        String.join(", ", COLUMNS.stream().map(c -> TableName.quote(c) + " VARCHAR(9)").toList());
    return "CREATE TABLE " + table.quoted() + " (`the key` INT PRIMARY KEY, " + columns + ")";
  }

  private static String insert(TableName table, int key) {
    String names =
        String.join(
            ", ",
            Stream.concat(Stream.of("the key"), COLUMNS.stream()).map(TableName::quote).toList());
    return "INSERT INTO "
        + table.quoted()
        + " ("
        + names
        + ") VALUES ("
        + key
        + ", 'v'".repeat(COLUMNS.size())
        + ")";
  }

  private static void catchUp(PipelineWorld world) throws Exception {
    try (CdcPipeline pipeline =
        world.pipeline("names").source(world.everything().build()).build()) {
      pipeline.stopWhenCaughtUp();
      pipeline.start();
      pipeline.awaitEnd();
    }
  }
}
