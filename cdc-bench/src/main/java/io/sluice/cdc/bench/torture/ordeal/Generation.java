package io.sluice.cdc.bench.torture.ordeal;

import io.sluice.cdc.bench.torture.judge.Onlooker;
import io.sluice.cdc.bench.torture.victim.VictimSettings;
import io.sluice.cdc.bench.torture.workload.Schema;
import io.sluice.cdc.testkit.DisposableMySql;
import io.sluice.cdc.testkit.DisposableS3;
import io.sluice.cdc.testkit.check.DerivedTables;
import io.sluice.cdc.testkit.check.RowChecker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** One pipeline with tables and prefixes of its own, over as many rounds as it lasts. */
public final class Generation {
  private static final int LEAST_AGE_MILLIS = 200;

  private final World world;
  private final String name;
  private final VictimSettings settings;
  private final Onlooker onlooker;

  private Generation(World world, String name, VictimSettings settings) throws IOException {
    this.world = world;
    this.name = name;
    this.settings = settings;
    Path copies = Files.createDirectories(world.folder().resolve("copies").resolve(name));
    this.onlooker = new Onlooker(world.target(), prefix(), name, copies);
  }

  /** Makes the tables and fills them; no pipeline has seen them yet. */
  public static Generation create(World world, int number, Random random)
      throws SQLException, IOException {
    String name = "g" + number;
    DisposableMySql mysql = world.mysql();
    try (Connection connection = mysql.connect()) {
      Schema.create(connection, name);
    }
    VictimSettings settings =
        VictimSettings.empty()
            .with("pipeline", name)
            .with("mysqlHost", world.wire().host())
            .with("mysqlPort", world.wire().port())
            .with("mysqlUser", mysql.rootUser())
            .with("mysqlPassword", mysql.rootPassword())
            .with("include", name + ".*")
            .with("maxAgeMillis", LEAST_AGE_MILLIS + random.nextInt(800))
            .with("maxRows", 200 + random.nextInt(3_000))
            .with("s3Endpoint", world.faults().endpoint())
            .with("s3Region", world.s3().region())
            .with("s3AccessKey", world.s3().accessKey())
            .with("s3SecretKey", world.s3().secretKey())
            .with("final", "s3://" + World.FINAL + "/" + name)
            .with("temporary", "s3://" + World.TEMPORARY + "/stage")
            .with("retryForSeconds", 120);
    return new Generation(world, name, settings);
  }

  /** The pipeline's id, which is the database's name too. */
  public String name() {
    return name;
  }

  /** The final prefix, with its slash. */
  public String prefix() {
    return name + "/";
  }

  /** Where its staged files are, with a slash. */
  public String temporaryPrefix() {
    return "stage/" + name + "/";
  }

  /** Where its commit log is, with a slash. */
  String logPrefix() {
    return prefix() + "_sluice/" + name + "/log/";
  }

  /** What its pipeline is built from. */
  public VictimSettings settings() {
    return settings;
  }

  /** Looks at its final prefix. */
  public Onlooker onlooker() {
    return onlooker;
  }

  /** Compares its files, and what others made of them, with its tables. */
  public RowChecker checker(List<DerivedTables> derived) {
    DisposableS3 s3 = world.s3();
    DisposableMySql mysql = world.mysql();
    RowChecker.Builder checker =
        RowChecker.builder()
            .endpoint(s3.endpoint())
            .region(s3.region())
            .pathStyle(true)
            .credentials(s3.accessKey(), s3.secretKey())
            .finalLocation("s3://" + World.FINAL + "/" + name)
            .pipeline(name)
            .mysql(mysql.jdbcUrl(), mysql.rootUser(), mysql.rootPassword())
            .expectTable(name, Schema.JOURNAL)
            .memoryBytes(512L << 20)
            .workFolder(world.folder());
    derived.forEach(checker::alsoCompare);
    return checker.build();
  }

  /** Where its victims write their logs. */
  public Path log() {
    return world.folder().resolve(name + ".log");
  }

  /** Removes everything of it: tables, binlogs, objects, copies, logs. */
  public void remove() throws SQLException {
    world
        .mysql()
        .execute("DROP DATABASE " + name, "FLUSH BINARY LOGS", "PURGE BINARY LOGS BEFORE NOW()");
    List.of(world.folder().resolve("copies").resolve(name), log()).forEach(Generation::delete);
    world.s3().bucketFolder(World.FINAL).ifPresent(f -> delete(f.resolve(name)));
  }

  /** Removes a file or a whole folder. */
  public static void delete(Path path) {
    try (Stream<Path> all = Files.exists(path) ? Files.walk(path) : Stream.empty()) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + path, e);
    }
  }
}
