package io.sluice.cdc.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.testkit.check.CheckReport;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a source can do that must stop the pipeline by name, on a real server. */
@Tag("servers")
class SourceHazardsTest {
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
  void makeTable() throws Exception {
    world
        .mysql()
        .execute(
            "DROP DATABASE IF EXISTS shop",
            "CREATE DATABASE shop",
            "CREATE TABLE shop.t (id INT PRIMARY KEY, a INT, b FLOAT, c INT, j JSON, x BLOB)",
            "INSERT INTO shop.t VALUES (1, 1, 1.5, 7, '{\"a\": \"long enough to be worth a part\", \"b\": 1}', 'x')");
  }

  @Test
  void aColumnThatWasAddedWithoutTheBinlogIsFoundBeforeARowAndReloadingHeals() throws Exception {
    stopsAt(
        "wider",
        "shop.t",
        "SET SESSION sql_log_bin = 0",
        "ALTER TABLE shop.t ADD COLUMN hidden INT FIRST",
        "SET SESSION sql_log_bin = 1",
        "INSERT INTO shop.t VALUES (9, 2, 2, 2.5, 8, NULL, NULL)");
    reloadAndCompare("wider");
  }

  @Test
  void typesThatWereChangedWithoutTheBinlogAreFoundAtTheSameWidth() throws Exception {
    stopsAt(
        "same",
        "column a is FLOAT",
        "SET SESSION sql_log_bin = 0",
        "ALTER TABLE shop.t MODIFY COLUMN a FLOAT, MODIFY COLUMN b INT",
        "SET SESSION sql_log_bin = 1",
        "INSERT INTO shop.t VALUES (2, 2.25, 3, 8, NULL, NULL)");
    reloadAndCompare("same");
  }

  @Test
  void columnsThatChangedPlacesWithoutTheBinlogAreFoundWhereItTellsNames() throws Exception {
    world.mysql().execute("SET GLOBAL binlog_row_metadata = FULL");
    try {
      stopsAt(
          "places",
          "column 2 is c instead of a",
          "SET SESSION sql_log_bin = 0",
          "ALTER TABLE shop.t RENAME COLUMN a TO c, RENAME COLUMN c TO a",
          "SET SESSION sql_log_bin = 1",
          "INSERT INTO shop.t VALUES (2, 2, 3, 8, NULL, NULL)");
      reloadAndCompare("places");
    } finally {
      world.mysql().execute("SET GLOBAL binlog_row_metadata = MINIMAL");
    }
  }

  @Test
  void aColumnNamedLikeOursStopsAtTheStatementThatAddsIt() throws Exception {
    stopsAt("named", "_CDC_Seq", "ALTER TABLE shop.t ADD COLUMN _CDC_Seq INT");
    assertThatThrownBy(() -> world.catchUp("named-new")).hasMessageContaining("shop.t._CDC_Seq");
  }

  @Test
  void binlogsThatWerePurgedTooEarlyAreNamed() throws Exception {
    world.catchUp("purged");
    world.mysql().execute("INSERT INTO shop.t (id) VALUES (2)", "FLUSH BINARY LOGS");
    world.mysql().execute("PURGE BINARY LOGS BEFORE DATE_ADD(NOW(), INTERVAL 1 DAY)");
    assertThatThrownBy(() -> world.catchUp("purged"))
        .isInstanceOf(CdcException.class)
        .hasMessageContaining("purged")
        .hasMessageContaining("under a new id");
  }

  @Test
  void aServerWhoseBinlogWasResetIsNamed() throws Exception {
    world.catchUp("reset");
    world.mysql().resetBinlog();
    world.mysql().execute("INSERT INTO shop.t (id) VALUES (2)");
    assertThatThrownBy(() -> world.catchUp("reset"))
        .isInstanceOf(CdcException.class)
        .hasMessageContaining("lacks transactions")
        .hasMessageContaining("under a new id");
  }

  @Test
  void partsOfJsonValuesAreRefusedAtTheStartAndFromASession() throws Exception {
    world.mysql().execute("SET GLOBAL binlog_row_value_options = PARTIAL_JSON");
    try {
      assertThatThrownBy(() -> world.catchUp("parts-global")).hasMessageContaining("PARTIAL_JSON");
    } finally {
      world.mysql().execute("SET GLOBAL binlog_row_value_options = ''");
    }
    stopsAt(
        "parts",
        "PARTIAL_JSON",
        "SET SESSION binlog_row_value_options = PARTIAL_JSON",
        "UPDATE shop.t SET j = JSON_SET(j, '$.b', 2)");
  }

  @Test
  void statementsInsteadOfRowsAreRefused() throws Exception {
    stopsAt(
        "statement",
        "statement format",
        "SET SESSION binlog_format = STATEMENT",
        "UPDATE shop.t SET a = 5");
  }

  @Test
  void rowImagesThatLackColumnsAreRefused() throws Exception {
    stopsAt(
        "minimal",
        "table shop.t with binlog_row_image",
        "SET SESSION binlog_row_image = MINIMAL",
        "UPDATE shop.t SET a = 5");
    stopsAt(
        "noblob",
        "table shop.t with binlog_row_image",
        "SET SESSION binlog_row_image = NOBLOB",
        "UPDATE shop.t SET a = 6");
  }

  @Test
  void rowsOfAnXaTransactionAreRefused() throws Exception {
    stopsAt(
        "xa",
        "XA transaction",
        "XA START 'x'",
        "INSERT INTO shop.t (id) VALUES (5)",
        "XA END 'x'",
        "XA PREPARE 'x'",
        "XA ROLLBACK 'x'");
  }

  /** Runs the statements after a pipeline has caught up; the next run must stop and say why. */
  private static void stopsAt(String id, String words, String... statements) throws Exception {
    world.catchUp(id);
    try (Connection connection = world.mysql().connect();
        Statement sql = connection.createStatement()) {
      for (String statement : statements) {
        sql.execute(statement);
      }
    }
    assertThatThrownBy(() -> world.catchUp(id))
        .isInstanceOf(CdcException.class)
        .hasMessageContaining(words);
  }

  private static void reloadAndCompare(String id) throws Exception {
    try (CdcPipeline pipeline = world.pipeline(id).build()) {
      pipeline.stopWhenCaughtUp();
      pipeline.reload(new TableName("shop", "t"));
      pipeline.start();
      pipeline.awaitEnd();
    }
    world.mysql().execute("UPDATE shop.t SET c = c + 1");
    world.catchUp(id);
    CheckReport report = world.check(id);
    assertThat(report.equal()).as(report.inWords()).isTrue();
  }
}
