package io.sluice.cdc.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.testkit.S3Clients;
import io.sluice.cdc.testkit.TestServers;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

@Tag("servers")
@Tag("long")
class RowCheckerScaleTest {
  private static final String DIGITS =
      "(SELECT 0 d UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION SELECT 7"
          + " UNION SELECT 8 UNION SELECT 9)";

  @Test
  void compares_two_million_rows_in_little_memory() throws Exception {
    try (TestServers servers = TestServers.open();
        S3Client s3 = S3Clients.of(servers.s3());
        Lake lake = new Lake(servers.s3(), s3, "scale-" + UUID.randomUUID())) {
      String text =
          "CONCAT('some text that makes the row longer, number ', x, ' and once more ', x)";
      String numbers =
          "SELECT a.d + 10*b.d + 100*c.d + 1000*e.d + 10000*f.d + 100000*g.d + 1000000*h.d AS x FROM ";
      servers
          .mysql()
          .execute(
              "CREATE DATABASE shop",
              "CREATE TABLE shop.t (id INT PRIMARY KEY, a VARCHAR(120), b VARCHAR(120), c DECIMAL(12,2), d DOUBLE)",
              "INSERT INTO shop.t SELECT x, "
                  + text
                  + ", "
                  + text
                  + ", x / 4, x + 0E0 FROM ("
                  + numbers
                  + DIGITS
                  + " a, "
                  + DIGITS
                  + " b, "
                  + DIGITS
                  + " c, "
                  + DIGITS
                  + " e, "
                  + DIGITS
                  + " f, "
                  + DIGITS
                  + " g, (SELECT 0 d UNION SELECT 1) h) n");
      lake.claim();
      String duck = "'some text that makes the row longer, number ' || x || ' and once more ' || x";
      String rows =
          "SELECT x::INTEGER AS id, "
              + duck
              + " AS a, "
              + duck
              + " AS b, (x::DECIMAL(10,2) / 4)::DECIMAL(12,2) AS c,"
              + " x::DOUBLE AS d, 'r' AS _cdc_op, 1 AS _cdc_seq FROM range(2000000) r(x)";
      lake.commit()
          .schema("t", 1, 1, "id", "a", "b", "c", "d")
          .view()
          .file("t", "load", "a", rows)
          .done();
      CheckReport report =
          RowChecker.builder()
              .endpoint(servers.s3().endpoint())
              .region(servers.s3().region())
              .pathStyle(true)
              .credentials(servers.s3().accessKey(), servers.s3().secretKey())
              .finalLocation(lake.location())
              .pipeline(Lake.PIPELINE)
              .mysql(
                  servers.mysql().jdbcUrl(),
                  servers.mysql().rootUser(),
                  servers.mysql().rootPassword())
              .memoryBytes(512L << 20)
              .build()
              .check();
      assertThat(report.inWords()).isEqualTo("equal: 2,000,000 rows of 1 tables, 0 changes");
      System.out.println("checked in " + report.took());
    }
  }
}
