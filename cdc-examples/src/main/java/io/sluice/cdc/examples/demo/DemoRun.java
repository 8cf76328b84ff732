package io.sluice.cdc.examples.demo;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.config.BatchConfig;
import io.sluice.cdc.config.PipelineId;
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
import java.time.Instant;
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
  private final boolean query;
  private final Watch watch = new Watch();
  private Instant beforeTraffic = Instant.EPOCH;

  /**
   * A demo that is to run.
   *
   * @param seconds how long transactions are written
   * @param keep where the files stay, or empty
   * @param out where it is told
   * @param query whether it ends with answers of SQL
   */
  public DemoRun(int seconds, Optional<Path> keep, PrintStream out, boolean query) {
    this.seconds = seconds;
    this.keep = keep;
    this.out = out;
    this.query = query;
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
        .sink(sink(servers))
        .batch(BatchConfig.DEFAULT.withMaxAge(Duration.ofSeconds(1)))
        .listener(watch)
        .build();
  }

  private static S3Sink sink(DemoServers servers) {
    return S3Sink.builder()
        .region(servers.s3().region())
        .endpoint(servers.s3().endpoint())
        .pathStyle(true)
        .credentials(servers.s3().accessKey(), servers.s3().secretKey())
        .finalLocation(FINAL)
        .temporaryLocation("s3://" + DemoServers.TEMPORARY + "/sluice")
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
    beforeTraffic = Instant.now(); // by the clock of this machine, where MySQL runs too
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
    DemoReport told = new DemoReport(out);
    told.result(report, status, latency);
    if (lake != null && query) {
      try (S3Sink sink = sink(servers)) {
        new Questions(lake, out).ask(sink, new PipelineId(PIPELINE), beforeTraffic);
      }
    }
    if (lake != null) {
      told.files(lake, keep);
    }
    return report.equal();
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
