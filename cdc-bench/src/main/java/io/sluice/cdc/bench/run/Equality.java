package io.sluice.cdc.bench.run;

import io.sluice.cdc.testkit.DisposableMySql;
import io.sluice.cdc.testkit.DisposableS3;
import io.sluice.cdc.testkit.check.CheckReport;
import io.sluice.cdc.testkit.check.RowChecker;
import java.sql.SQLException;
import java.util.List;

/**
 * Asks the checker whether what Sluice wrote is what MySQL holds: speed at the cost of truth is no
 * speed.
 */
final class Equality {
  /** Enough to compare 8,000,000 rows of 220 bytes. */
  private static final long MEMORY_BYTES = 4L << 30;

  private Equality() {}

  /** Fails when they differ, or when one of the tables is not in the bucket. */
  static void check(
      Bed bed, String pipeline, String database, List<String> tables, Progress progress)
      throws SQLException, InterruptedException {
    DisposableMySql mysql = bed.servers().mysql();
    DisposableS3 s3 = bed.servers().s3();
    RowChecker.Builder checker =
        RowChecker.builder()
            .endpoint(s3.endpoint())
            .region(s3.region())
            .pathStyle(true)
            .credentials(s3.accessKey(), s3.secretKey())
            .finalLocation(bed.finalLocation(pipeline))
            .pipeline(pipeline)
            .mysql(mysql.jdbcUrl(), mysql.rootUser(), mysql.rootPassword())
            .workFolder(bed.work())
            .memoryBytes(MEMORY_BYTES);
    tables.forEach(table -> checker.expectTable(database, table));
    CheckReport report = checker.build().check();
    if (!report.equal()) {
      throw new IllegalStateException(pipeline + ": " + report.inWords());
    }
    progress.say(
        pipeline + ": " + report.verdict() + " (checked in " + report.took().toSeconds() + " s)");
  }
}
