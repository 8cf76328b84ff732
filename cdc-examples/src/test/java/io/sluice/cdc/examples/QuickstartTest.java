package io.sluice.cdc.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.cdc.testkit.TestServers;
import io.sluice.cdc.testkit.check.CheckReport;
import io.sluice.cdc.testkit.check.RowChecker;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("servers")
class QuickstartTest {
  private static final String ACCESS_KEY = "aws.accessKeyId";
  private static final String SECRET_KEY = "aws.secretAccessKey";

  @AfterEach
  void forget() {
    System.clearProperty(ACCESS_KEY);
    System.clearProperty(SECRET_KEY);
  }

  @Test
  void keeps_a_shop_in_step() throws Exception {
    try (TestServers servers = TestServers.open()) {
      prepare(servers);
      ExecutorService thread = Executors.newSingleThreadExecutor();
      Future<?> running =
          thread.submit(
              () -> {
                Quickstart.run(
                    servers.mysql().host(),
                    servers.mysql().port(),
                    "secret",
                    servers.s3().endpoint());
                return null;
              });
      RowChecker checker = checker(servers);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> running.isDone() || checker.check().equal());
      servers
          .mysql()
          .execute(
              "UPDATE shop.orders SET total = 3.5 WHERE id = 1",
              "DELETE FROM shop.orders WHERE id = 2");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> running.isDone() || checker.check().equal());
      CheckReport report = checker.check();
      thread.shutdownNow();
      assertThat(thread.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
      assertThat(report.verdict()).isEqualTo("equal: 1 rows of 1 tables, 2 changes");
    }
  }

  private static void prepare(TestServers servers) throws Exception {
    System.setProperty(ACCESS_KEY, servers.s3().accessKey());
    System.setProperty(SECRET_KEY, servers.s3().secretKey());
    servers.s3().createBucket("lake");
    servers.s3().createBucket("lake-tmp");
    servers.mysql().createReplicationUser("cdc", "secret");
    servers
        .mysql()
        .execute(
            "CREATE DATABASE shop",
            "CREATE TABLE shop.orders (id INT PRIMARY KEY, total DECIMAL(10,2))",
            "INSERT INTO shop.orders VALUES (1, 1.5), (2, 2.5)");
  }

  private static RowChecker checker(TestServers servers) {
    return RowChecker.builder()
        .endpoint(servers.s3().endpoint())
        .region(servers.s3().region())
        .pathStyle(true)
        .credentials(servers.s3().accessKey(), servers.s3().secretKey())
        .finalLocation("s3://lake/raw")
        .pipeline("shop")
        .mysql(
            servers.mysql().jdbcUrl(), servers.mysql().rootUser(), servers.mysql().rootPassword())
        .build();
  }
}
