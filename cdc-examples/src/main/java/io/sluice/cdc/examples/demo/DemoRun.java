package io.sluice.cdc.examples.demo;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.config.BatchConfig;
import io.sluice.cdc.config.ByteSize;
import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.examples.terminal.Progress;
import io.sluice.cdc.examples.terminal.ProgressLoop;
import io.sluice.cdc.s3.S3Sink;
import io.sluice.cdc.status.PipelineStatus;
import io.sluice.cdc.testkit.check.CheckReport;
import io.sluice.cdc.testkit.check.RowChecker;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The demo from start to end. */
public final class DemoRun {
  private static final String PIPELINE = "shop";
  private static final String FINAL = "s3://" + DemoServers.LAKE + "/raw";
  private static final Duration CATCH_UP = Duration.ofMinutes(5);

  private final int seconds;
  private final Optional<Path> keep;
  private final PrintStream out;
  private final Watch watch = new Watch();

  /**
   * A demo that is to run.
   *
   * @param seconds how long transactions are written
   * @param keep where the files stay, or empty
   * @param out where it is told
   */
  public DemoRun(int seconds, Optional<Path> keep, PrintStream out) {
    this.seconds = seconds;
    this.keep = keep;
    this.out = out;
  }

  /** Runs it; returns whether the bucket and MySQL are equal in the end. */
  public boolean run() throws SQLException, InterruptedException {
    long start = System.nanoTime();
    out.println("Starting a real MySQL and a real S3 server ...");
    try (DemoServers servers = DemoServers.open(keep)) {
      out.printf(
          Locale.ROOT,
          "MySQL %s and S3 run after %.1f s.%n",
          servers.mysql().version(),
          since(start));
      long made = System.nanoTime();
      Shop.make(servers.mysql());
      servers.mysql().createReplicationUser("cdc", "cdc-password");
      out.printf(
          Locale.ROOT, "A shop of four tables was made in %.1f s. Loading it ...%n", since(made));
      try (CdcPipeline pipeline = pipeline(servers)) {
        follow(servers, pipeline);
        return judge(servers, pipeline.status());
      }
    }
  }

  private CdcPipeline pipeline(DemoServers servers) {
    return CdcPipeline.builder()
        .pipeline(PIPELINE)
        .source(
            SourceConfig.builder()
                .host(servers.mysql().host())
                .port(servers.mysql().port())
                .user("cdc")
                .password("cdc-password")
                .include("shop.*")
                .build())
        .sink(
            S3Sink.builder()
                .region(servers.s3().region())
                .endpoint(servers.s3().endpoint())
                .pathStyle(true)
                .credentials(servers.s3().accessKey(), servers.s3().secretKey())
                .finalLocation(FINAL)
                .temporaryLocation("s3://" + DemoServers.TEMPORARY + "/sluice")
                .build())
        .batch(BatchConfig.DEFAULT.withMaxAge(Duration.ofSeconds(1)))
        .listener(watch)
        .build();
  }

  /** Load, then live transactions, then the last of them. */
  private void follow(DemoServers servers, CdcPipeline pipeline)
      throws InterruptedException, SQLException {
    long start = System.nanoTime();
    Progress progress = new LoadProgressOnly(Progress.forPeople());
    try (ProgressLoop loop = ProgressLoop.start(pipeline, progress)) {
      pipeline.start();
      watch.loaded().await();
    }
    throwIfEnded(pipeline);
    out.printf(
        Locale.ROOT,
        "Loaded %,d rows in %.1f s. Now %d s of live transactions:%n",
        pipeline.status().load().rows(),
        since(start),
        seconds);
    try (Traffic traffic = Traffic.start(servers.mysql())) {
      LiveLine line = new LiveLine(out);
      for (int second = 1; second <= seconds; second++) {
        if (pipeline.awaitEnd(Duration.ofSeconds(1))) {
          throw new IllegalStateException("The pipeline ended by itself");
        }
        line.show(second, seconds, traffic, pipeline.status(), watch);
      }
      line.end();
      traffic.stop();
      out.printf(
          Locale.ROOT, "Stopped after %,d transactions. Catching up ...%n", traffic.transactions());
    }
    long caught = System.nanoTime();
    pipeline.stopWhenCaughtUp();
    if (!pipeline.awaitEnd(CATCH_UP)) {
      throw new IllegalStateException("The pipeline did not catch up within " + CATCH_UP);
    }
    out.printf(
        Locale.ROOT, "Caught up after %.1f s. Comparing every row with MySQL ...%n", since(caught));
  }

  private static void throwIfEnded(CdcPipeline pipeline) throws InterruptedException {
    if (pipeline.awaitEnd(Duration.ZERO)) {
      throw new IllegalStateException("The pipeline ended by itself");
    }
  }

  private boolean judge(DemoServers servers, PipelineStatus status)
      throws SQLException, InterruptedException {
    RowChecker.Builder checker =
        RowChecker.builder()
            .endpoint(servers.s3().endpoint())
            .region(servers.s3().region())
            .pathStyle(true)
            .credentials(servers.s3().accessKey(), servers.s3().secretKey())
            .finalLocation(FINAL)
            .pipeline(PIPELINE)
            .mysql(servers.mysql().jdbcUrl(), "cdc", "cdc-password");
    List.of("customers", "products", "orders", "order_items")
        .forEach(t -> checker.expectTable(Shop.DATABASE, t));
    CheckReport report = checker.build().check();
    Lake lake =
        servers
            .s3()
            .bucketFolder(DemoServers.LAKE)
            .map(f -> new Lake(f.resolve("raw")))
            .orElse(null);
    List<Duration> latency = lake == null ? List.of() : lake.latency(watch.promotedMicros());
    out.println();
    out.print(table(report, status, latency));
    if (!report.equal()) {
      out.println(report.inWords());
    }
    if (lake != null) {
      where(lake);
    }
    return report.equal();
  }

  private static Table table(CheckReport report, PipelineStatus status, List<Duration> latency) {
    return new Table()
        .row("rows loaded", report.counts().loads())
        .row("inserts", report.counts().inserts())
        .row("updates", report.counts().updates())
        .row("deletes", report.counts().deletes())
        .row("truncates", report.counts().truncates())
        .row("files", report.counts().files())
        .row("size", ByteSize.format(report.counts().bytes()))
        .row("commits", status.commits())
        .row("MySQL commit to readable, p50", seconds(latency, 0))
        .row("MySQL commit to readable, p99", seconds(latency, 1))
        .row("rows compared with MySQL", report.counts().rows())
        .row(
            "verdict",
            report.equal() ? "equal" : "NOT EQUAL: " + report.differenceCount() + " differences");
  }

  private static String seconds(List<Duration> latency, int index) {
    return latency.size() > index
        ? String.format(Locale.ROOT, "%.2f s", latency.get(index).toNanos() / 1e9)
        : "not measured";
  }

  private void where(Lake lake) throws SQLException {
    String query = lake.query();
    out.println();
    out.println("One query to try, and its answer:");
    out.println(query.indent(2).stripTrailing());
    out.println();
    out.print(Table.of(lake.run(query)));
    out.println();
    out.println(
        keep.isPresent()
            ? "The files stay in "
                + keep.get()
                + "; with DuckDB installed: duckdb -c \""
                + query.replaceAll("\\s+", " ")
                + "\""
            : "The files were in a temporary folder that goes now; bin/demo --keep DIR keeps them.");
  }

  private static double since(long startNanos) {
    return (System.nanoTime() - startNanos) / (double) TimeUnit.SECONDS.toNanos(1);
  }

  /** Shows the load and leaves the rest to the demo. */
  private record LoadProgressOnly(Progress inner) implements Progress {
    @Override
    public void show(PipelineStatus status) {
      switch (status.state()) {
        case LOADING -> inner.show(status);
        default -> {}
      }
    }

    @Override
    public void end(PipelineStatus status) {}

    @Override
    public void close() {
      inner.close();
    }
  }
}
