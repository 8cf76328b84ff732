package io.sluice.cdc.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.cdc.testkit.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as people run it, in processes of its own. */
@Tag("servers")
class CdcTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final AtomicInteger RUNS = new AtomicInteger();

  private static TestServers servers;

  @TempDir Path folder;
  private String config = "";

  @BeforeAll
  static void start() throws Exception {
    servers = TestServers.open();
    servers.s3().createBucket("lake");
    servers.s3().createBucket("lake-tmp");
    servers.mysql().createReplicationUser("cdc", "secret");
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  @BeforeEach
  void fill() throws Exception {
    servers
        .mysql()
        .execute(
            "DROP DATABASE IF EXISTS shop",
            "CREATE DATABASE shop",
            "CREATE TABLE shop.orders (id INT PRIMARY KEY, total DECIMAL(10,2), note TEXT)",
            "INSERT INTO shop.orders VALUES (1, 1.5, 'a'), (2, 2.5, NULL), (3, 3.5, 'c')");
    config = write("secret");
  }

  @Test
  void loads_catches_up_goes_on_and_checks() throws Exception {
    assertThat(run("run", "--until-caught-up")).contains("stopped: 3 rows loaded, 0 changes");
    servers
        .mysql()
        .execute(
            "UPDATE shop.orders SET note = 'b' WHERE id = 2",
            "DELETE FROM shop.orders WHERE id = 3",
            "UPDATE shop.orders SET id = 7 WHERE id = 1");
    assertThat(run("run", "--until-caught-up")).contains("stopped: 0 rows loaded, 4 changes");
    try (CdcProcess check = cdc("check")) {
      assertThat(check.code()).as(check.err()).isZero();
      assertThat(check.out()).startsWith("equal: 2 rows of 1 tables, 4 changes");
    }
    try (CdcProcess compact = cdc("compact", "--older-than", "0s")) {
      assertThat(compact.code()).as(compact.err()).isZero();
      assertThat(compact.out()).startsWith("Nothing to compact.");
    }
    try (CdcProcess compact = cdc("compact", "--target-size", "1TiB", "--keep", "soon")) {
      assertThat(compact.code()).isEqualTo(2);
      assertThat(compact.err())
          .contains("--target-size", "--keep", "soon")
          .contains("\nCorrect the configuration and start again.");
    }
    try (CdcProcess compact = cdc("compact", "--table", "shop.order")) {
      assertThat(compact.code()).isEqualTo(2);
      assertThat(compact.err()).contains("--table: 'shop.order' matches no table", "shop.orders");
    }
    try (CdcProcess sql = cdc("sql", "--dialect", "duckdb", "--location", " ")) {
      assertThat(sql.code()).isEqualTo(2);
      assertThat(sql.err()).contains("--location", "is no place");
    }
  }

  @Test
  void ends_a_check_with_1_and_names_the_difference() throws Exception {
    run("run", "--until-caught-up");
    servers.mysql().execute("UPDATE shop.orders SET total = 9 WHERE id = 2");
    try (CdcProcess check = cdc("check")) {
      assertThat(check.code()).isEqualTo(1);
      assertThat(check.err())
          .contains(
              "NOT EQUAL", "shop.orders, id='2', column total: expected '9.00', found '2.50'");
    }
    try (CdcProcess check = cdc("check", "--json")) {
      assertThat(check.code()).isEqualTo(1);
      JsonNode report = new ObjectMapper().readTree(check.out());
      assertThat(report.get("equal").asBoolean()).isFalse();
      assertThat(report.get("differenceCount").asLong()).isEqualTo(1);
    }
  }

  @Test
  void tells_its_progress_to_programs() throws Exception {
    try (CdcProcess run = cdc("run", "--until-caught-up", "--json")) {
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.err()).isEmpty();
      JsonNode last = new ObjectMapper().readTree(run.out().lines().reduce((a, b) -> b).orElse(""));
      assertThat(last.get("type").asText()).isEqualTo("end");
      assertThat(last.get("state").asText()).isEqualTo("stopped");
      assertThat(last.at("/committedRows/loads").asLong()).isEqualTo(3);
    }
  }

  @Test
  void ends_in_order_when_it_is_terminated() throws Exception {
    try (CdcProcess run = cdc("run")) {
      await().atMost(PATIENCE).until(() -> !run.isAlive() || run.err().contains("streaming:"));
      run.terminate();
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.err()).contains("stopped: 3 rows loaded");
    }
  }

  @Test
  void ends_the_older_of_two_with_1_and_says_by_whom_it_was_replaced() throws Exception {
    try (CdcProcess first = cdc("run")) {
      await().atMost(PATIENCE).until(() -> !first.isAlive() || first.err().contains("streaming:"));
      try (CdcProcess second = cdc("run")) {
        await()
            .atMost(PATIENCE)
            .until(() -> !second.isAlive() || second.err().contains("streaming:"));
        servers.mysql().execute("INSERT INTO shop.orders VALUES (4, 4.5, 'd')");
        assertThat(first.code()).isEqualTo(1);
        assertThat(first.err()).contains("epoch").doesNotContain("\tat ");
        assertThat(second.isAlive()).isTrue();
      }
    }
  }

  @Test
  void ends_with_1_and_one_message_when_mysql_refuses_it() throws Exception {
    config = write("wrong");
    try (CdcProcess run = cdc("run")) {
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err()).contains("does not accept the user 'cdc'").doesNotContain("\tat ");
    }
  }

  @Test
  void plans_without_doing_anything() throws Exception {
    try (CdcProcess plan = cdc("plan")) {
      assertThat(plan.code()).as(plan.err()).isZero();
      assertThat(plan.out())
          .contains(
              "nothing was changed",
              "bucket: no state",
              "view:   GLOBAL_LOCK",
              "shop.orders: new, about 3 rows",
              "run can start.");
    }
    run("run", "--until-caught-up");
    try (CdcProcess plan = cdc("plan", "--json")) {
      assertThat(plan.code()).as(plan.err()).isZero();
      JsonNode json = new ObjectMapper().readTree(plan.out());
      assertThat(json.at("/startable").asBoolean()).isTrue();
      assertThat(json.at("/tables/0/state").asText()).isEqualTo("LOADED");
      assertThat(json.at("/state/epoch").asLong()).isEqualTo(1);
    }
    config = write("wrong");
    try (CdcProcess plan = cdc("plan")) {
      assertThat(plan.code()).isEqualTo(1);
    }
  }

  @Test
  void loads_a_table_again_while_it_runs() throws Exception {
    try (CdcProcess run = cdc("run")) {
      await().atMost(PATIENCE).until(() -> !run.isAlive() || run.err().contains("streaming:"));
      try (CdcProcess reload = cdc("reload", "--table", "shop.orders", "--wait")) {
        assertThat(reload.code()).as(reload.err()).isZero();
        assertThat(reload.out()).contains("shop.orders: to be loaded again");
        assertThat(reload.err()).contains("shop.orders: loaded, 3 rows");
      }
      assertThat(run.isAlive()).as(run.err()).isTrue();
    }
  }

  @Test
  void prints_sql_from_the_bucket_alone() throws Exception {
    try (CdcProcess early = cdc("sql", "--dialect", "duckdb")) {
      assertThat(early.code()).isEqualTo(1);
      assertThat(early.err()).contains("has committed nothing yet", "bin/cdc run");
    }
    run("run", "--until-caught-up");
    config = write("wrong");
    Files.writeString(
        Path.of(config),
        Files.readString(Path.of(config))
            .replaceAll("/run-(\\d+)\"", "/run-" + (RUNS.get() - 1) + "\""));
    try (CdcProcess sql =
        cdc("sql", "--dialect", "athena", "--table", "shop.ord*", "--location", "s3://seen/here")) {
      assertThat(sql.code()).as(sql.err()).isZero();
      assertThat(sql.out())
          .contains(
              "CREATE EXTERNAL TABLE `shop`.`orders`",
              "LOCATION 's3://seen/here/shop/orders/'",
              "VIEW \"shop\".\"orders_current\"",
              "PREPARE shop_orders_as_of FROM");
      assertThat(sql.err()).isEmpty();
    }
    try (CdcProcess sql = cdc("sql", "--dialect", "oracle", "--table", "orders")) {
      assertThat(sql.code()).isEqualTo(2);
      assertThat(sql.err())
          .contains("--dialect: 'oracle' is not a dialect; choose athena, trino, spark, duckdb")
          .contains("--table: 'orders' is not a table pattern");
    }
    try (CdcProcess sql = cdc("sql", "--dialect", "spark", "--table", "shop.ordres")) {
      assertThat(sql.code()).isEqualTo(2);
      assertThat(sql.err())
          .contains("'shop.ordres' matches no table in the commit log; there are shop.");
    }
  }

  @Test
  void refuses_with_2_to_load_a_table_that_is_not_there_or_not_included() throws Exception {
    servers
        .mysql()
        .execute(
            "CREATE DATABASE IF NOT EXISTS other",
            "DROP TABLE IF EXISTS other.t",
            "CREATE TABLE other.t (i INT)");
    try (CdcProcess reload =
        cdc("reload", "--table", "shop.ordres", "--table", "other.t", "--table", "orders")) {
      assertThat(reload.code()).isEqualTo(2);
      assertThat(reload.err()).contains("--table: 'orders' is not a table pattern");
    }
    try (CdcProcess reload = cdc("reload", "--table", "shop.ordres", "--table", "other.t")) {
      assertThat(reload.code()).isEqualTo(2);
      assertThat(reload.err())
          .contains(
              "--table: 'shop.ordres' matches no table",
              "--table: 'other.t' is not among the included tables; see source.include");
    }
  }

  private String run(String... arguments) throws Exception {
    try (CdcProcess run = cdc(arguments)) {
      assertThat(run.code()).as(run.err()).isZero();
      return run.err();
    }
  }

  private CdcProcess cdc(String... arguments) throws Exception {
    return CdcProcess.start(
        folder,
        Stream.concat(Stream.of(arguments), Stream.of("--config", config)).toArray(String[]::new));
  }

  private String write(String password) throws Exception {
    String text =
        """
        pipeline: shop
        source: { host: %s, port: %d, user: cdc, password: %s, include: ["shop.*"] }
        batch: { maxAge: 100ms }
        s3: { region: us-east-1, endpoint: "%s", pathStyle: true, accessKey: %s, secretKey: %s,
              final: "s3://lake/run-%d", temporary: "s3://lake-tmp/run-%d" }
        """
            .formatted(
                servers.mysql().host(),
                servers.mysql().port(),
                password,
                servers.s3().endpoint(),
                servers.s3().accessKey(),
                servers.s3().secretKey(),
                RUNS.incrementAndGet(),
                RUNS.get());
    return Files.writeString(folder.resolve("shop-" + RUNS.get() + ".yaml"), text).toString();
  }
}
