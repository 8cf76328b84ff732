package io.sluice.cdc.spark;

import io.sluice.cdc.config.BatchConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;

/**
 * The command {@code bin/bench merge}: a full load and changes merged, each by a process of its own
 * as spark-submit would start it; then the same few commits on top of a history that grows, in one
 * session. Servers, pipeline and Spark share the machine; only the merge is timed.
 */
public final class MergeBench {
  private static final String ID = "bench";
  private static final int ROWS_A_DAY = 100_000;
  private static final int HISTORY_ROWS = 500_000;
  private static final int SMALL_COMMITS = 20;

  /** Merges before the first that counts: the JVM is as fast after them as it will be. */
  private static final int WARM_UPS = 8;

  private final SparkWorld world;
  private final List<String> table = new ArrayList<>();

  private MergeBench(SparkWorld world) {
    this.world = world;
  }

  /** {@code [--rows N] [--changes N] [--short]}, or {@code child ENDPOINT WAREHOUSE} for itself. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 3 && arguments[0].equals("child")) {
      child(arguments[1], Path.of(arguments[2]));
      return;
    }
    boolean brief = List.of(arguments).contains("--short");
    long rows = option(arguments, "--rows", brief ? 200_000 : 10_000_000);
    long changes = option(arguments, "--changes", brief ? 20_000 : 1_000_000);
    SparkWorld world =
        new SparkWorld((s3, warehouse) -> session(s3.endpoint().toString(), warehouse));
    try (world) {
      MergeBench bench = new MergeBench(world);
      bench.loadAndChanges(rows, changes);
      bench.history(brief ? HISTORY_ROWS / 10 : HISTORY_ROWS);
      System.out.println();
      bench.table.forEach(System.out::println);
    }
    System.exit(0);
  }

  private static long option(String[] arguments, String name, long otherwise) {
    int at = List.of(arguments).indexOf(name);
    return at < 0 ? otherwise : Long.parseLong(arguments[at + 1].replace("_", ""));
  }

  private static SparkSession session(String endpoint, Path warehouse) {
    return SparkWorld.builder(endpoint, warehouse)
        .config("spark.sql.shuffle.partitions", "8")
        .getOrCreate();
  }

  private void loadAndChanges(long rows, long changes) throws Exception {
    create(ID);
    fill(ID, 0, rows);
    world.catchUp(ID, BatchConfig.DEFAULT);
    table.add("| case | rows | s | rows/s | peak RSS of the process |");
    table.add("|---|---|---|---|---|");
    measured("first run, append", rows);
    long from = rows - rows / 5;
    for (int part = 0; part < 10; part++) {
      world
          .mysql()
          .execute(
              "UPDATE bench.orders SET amount = amount + 1 WHERE id >= "
                  + from
                  + " AND id % 100 >= "
                  + part * 4
                  + " AND id % 100 < "
                  + (part + 1) * 4
                  + " LIMIT "
                  + changes * 8 / 100,
              "DELETE FROM bench.orders WHERE id >= "
                  + from
                  + " AND id % 100 >= 90 LIMIT "
                  + changes / 100);
    }
    fill(ID, rows, rows + changes / 10);
    world.catchUp(ID, BatchConfig.DEFAULT);
    measured("changes: 80 % updates, 10 % deletes, 10 % inserts", changes);
  }

  private void create(String database) throws Exception {
    world
        .mysql()
        .execute(
            "CREATE DATABASE " + database,
            "CREATE TABLE "
                + database
                + ".orders (id BIGINT PRIMARY KEY, customer INT, at DATETIME, status VARCHAR(12),"
                + " amount DECIMAL(10,2), note VARCHAR(60))",
            "CREATE TABLE " + database + ".digits (d INT PRIMARY KEY)",
            "INSERT INTO "
                + database
                + ".digits VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)");
  }

  private void fill(String database, long from, long to) throws Exception {
    String digits = database + ".digits";
    String million =
        "SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d + 100000 * g.d AS n FROM "
            + String.join(
                ", ",
                List.of("a", "b", "c", "e", "f", "g").stream().map(x -> digits + " " + x).toList());
    for (long start = from; start < to; start += 1_000_000) {
      world
          .mysql()
          .execute(
              "INSERT INTO "
                  + database
                  + ".orders SELECT id, id % 99991, '2020-01-01' + INTERVAL id DIV "
                  + ROWS_A_DAY
                  + " DAY + INTERVAL id % 86400 SECOND, ELT(1 + id % 3, 'new', 'paid', 'sent'),"
                  + " (id % 100000) / 100, CONCAT('note ', MD5(id)) FROM (SELECT n + "
                  + start
                  + " AS id FROM ("
                  + million
                  + ") m) ids WHERE id < "
                  + to);
    }
  }

  private void measured(String what, long rows) throws Exception {
    Path out = Files.createTempFile("sluice-merge", ".txt");
    Process process =
        new ProcessBuilder(command())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    if (!process.waitFor(30, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new IllegalStateException("the merge failed: " + Files.readString(out));
    }
    String result =
        Files.readAllLines(out).stream()
            .filter(l -> l.startsWith("result "))
            .findFirst()
            .orElseThrow();
    System.out.println(Files.readString(out));
    Files.delete(out);
    double seconds = Double.parseDouble(result.split(" ")[1]);
    table.add(
        String.format(
            Locale.ROOT,
            "| %s | %,d | %.1f | %,.0f | %s MiB |",
            what,
            rows,
            seconds,
            rows / seconds,
            result.split(" ")[2]));
  }

  private List<String> command() {
    List<String> all =
        new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx3g"));
    java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(a -> a.startsWith("--add-opens") || a.startsWith("-XX:"))
        .forEach(all::add);
    all.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            MergeBench.class.getName(),
            "child",
            world.endpoint(),
            world.warehouse().toString()));
    return all;
  }

  private static void child(String endpoint, Path warehouse) throws Exception {
    SparkSession spark = session(endpoint, warehouse);
    MergeResult result = merge(spark, ID).build().run();
    System.out.println(result);
    System.out.printf(
        Locale.ROOT, "result %.1f %d%n", result.took().toMillis() / 1000.0, peakMebibytes());
    System.exit(0);
  }

  private static LakeMergeBuilder merge(SparkSession spark, String id) {
    return LakeMerge.builder(spark)
        .pipeline(id)
        .location(SparkWorld.location(id))
        .into("lake." + id + "_{database}.{table}")
        .include(id + ".orders")
        .partition(id + ".orders", "days(at)");
  }

  private static long peakMebibytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(l -> l.startsWith("VmHWM:"))
        .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }

  /**
   * Each step doubles rows and commits, then merges the same number of commits with as many rows.
   */
  private void history(long unit) throws Exception {
    String id = "history";
    create(id);
    fill(id, 0, unit);
    world.catchUp(id, BatchConfig.DEFAULT);
    merge(world.spark(), id).build().run();
    table.add("");
    table.add(
        "| rows in the table | commits in the log | new commits | changed rows | s | files rewritten |");
    table.add("|---|---|---|---|---|---|");
    long rows = unit;
    for (int i = 0; i < WARM_UPS; i++) {
      small(id, rows);
      merge(world.spark(), id).build().run();
    }
    for (int step = 1; step <= 4; step *= 2) {
      while (rows < unit * step) {
        fill(id, rows, rows + unit);
        rows += unit;
        world.catchUp(id, BatchConfig.DEFAULT);
        for (int i = 0; i < 5; i++) {
          small(id, rows);
        }
        merge(world.spark(), id).build().run();
      }
      step(id, rows);
    }
  }

  private void step(String id, long rows) throws Exception {
    List<MergeResult> results = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      small(id, rows);
      results.add(merge(world.spark(), id).build().run());
    }
    results.sort((a, b) -> a.took().compareTo(b.took()));
    MergeResult median = results.get(1);
    TableResult orders = median.tables().get(0);
    String rewritten =
        world
            .table("lake.history_history.orders")
            .currentSnapshot()
            .summary()
            .getOrDefault("deleted-data-files", "0");
    table.add(
        String.format(
            Locale.ROOT,
            "| %,d | %,d | %d | %,d | %.1f | %s |",
            rows,
            median.through(),
            median.through() - median.from(),
            orders.updated() + orders.inserted(),
            median.took().toMillis() / 1000.0,
            rewritten));
  }

  /** Commits of 500 updates each, all in the last day. */
  private void small(String id, long rows) throws Exception {
    List<String> updates = new ArrayList<>();
    for (int i = 0; i < SMALL_COMMITS; i++) {
      long from = rows - 10_000 + i * 500L;
      updates.add(
          "UPDATE "
              + id
              + ".orders SET amount = amount + 1 WHERE id >= "
              + from
              + " AND id < "
              + (from + 500));
    }
    world.mysql().execute(updates.toArray(String[]::new));
    world.catchUp(id, BatchConfig.DEFAULT.withMaxRows(500).withMaxAge(Duration.ofSeconds(5)));
  }
}
