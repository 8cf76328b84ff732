package io.sluice.cdc.spark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A Spark distribution out of the jars of this class path, without ours: these come by {@code
 * spark.jars} only, which is {@code --jars}, as on somebody's cluster, and so does Iceberg.
 */
final class SparkHome implements AutoCloseable {
  static final String CATALOG = "remote";

  private static final Pattern OURS =
      Pattern.compile(
          "(cdc-core-|cdc-sink-s3-|cdc-spark-|picocli-|jspecify-|iceberg-spark-runtime-).*");

  /** Of the servers, the pipelines and the tests. */
  private static final Pattern OF_TESTS =
      Pattern.compile(
          "(cdc-testkit-|debezium-|connect-|kafka-|mysql-|testing-mysql-|s3proxy-|jetty-|duckdb|junit-"
              + "|archunit|assertj-|byte-buddy-|error_prone_).*");

  /** A process that lives for seconds has no use for the best machine code. */
  private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private final Path folder;
  private final List<Path> jars = new ArrayList<>();
  private String scala = "";

  /**
   * Makes it, with the catalogue {@value #CATALOG} on S3, which the world's session knows then,
   * too.
   *
   * @param master such as {@code local-cluster[2,1,1024]}
   */
  SparkHome(SparkWorld world, String master) throws IOException {
    folder = Files.createTempDirectory("sluice-spark");
    Files.createDirectories(folder.resolve("conf"));
    Files.createDirectories(folder.resolve("jars"));
    Files.createDirectories(folder.resolve("ours"));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      add(Path.of(entry));
    }
    Map<String, String> catalog = SparkWorld.catalog(CATALOG, "s3a://lake/warehouse");
    catalog.forEach(world.spark().conf()::set);
    Map<String, String> settings = new TreeMap<>(SparkWorld.reaching(world.endpoint()));
    settings.putAll(catalog);
    settings.putAll(SparkWorld.FEW_ROWS);
    settings.put("spark.master", master);
    settings.put("spark.jars", String.join(",", jars.stream().map(Path::toString).toList()));
    settings.put("spark.executor.extraJavaOptions", SHORT_LIVED);
    Files.write(
        folder.resolve("conf/spark-defaults.conf"),
        settings.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList());
  }

  private void add(Path entry) throws IOException {
    String name = entry.getFileName().toString();
    if (name.startsWith("scala-library-")) {
      scala = name.substring("scala-library-".length(), "scala-library-2.13".length());
    }
    if (name.equals("test-classes")) {
      if (Files.exists(entry.resolve("log4j2-test.properties"))) {
        Files.copy(
            entry.resolve("log4j2-test.properties"), folder.resolve("conf/log4j2.properties"));
      }
      if (Files.exists(entry.resolve("jakarta"))) {
        pack(folder.resolve("jars/servlet.jar"), entry, "jakarta");
      }
    } else if (name.equals("classes") && Files.exists(entry)) {
      String module = entry.getParent().getParent().getFileName().toString();
      if (!module.equals("cdc-testkit")) {
        Path jar = folder.resolve("ours/" + module + ".jar");
        pack(jar, entry, ".");
        jars.add(jar);
      }
    } else if (OURS.matcher(name).matches()) {
      jars.add(entry);
    } else if (name.endsWith(".jar") && !OF_TESTS.matcher(name).matches()) {
      Files.createSymbolicLink(folder.resolve("jars/" + name), entry);
    }
  }

  private static void pack(Path jar, Path classes, String what) {
    int code =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(System.out, System.err, "cf", jar.toString(), "-C", classes.toString(), what);
    if (code != 0) {
      throw new IllegalStateException("Could not make " + jar);
    }
  }

  /** The one with the job's class. */
  String jobJar() {
    return jars.stream()
        .map(Path::toString)
        .filter(jar -> jar.matches(".*cdc-spark[^/]*\\.jar"))
        .findFirst()
        .orElseThrow();
  }

  /** What a job that merges everything is told: {@code remote.<id>_<database>.<table>}. */
  static List<String> merging(String id) {
    return List.of(
        "--pipeline",
        id,
        "--location",
        SparkWorld.location(id),
        "--into",
        CATALOG + "." + id + "_{database}.{table}");
  }

  /** Does what the script of the distribution does: starts {@code spark-submit} as a process. */
  SubmittedJob submit(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.add("-Xmx1g");
    command.addAll(List.of(SHORT_LIVED.split(" ")));
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
    command.addAll(List.of("-cp", folder.resolve("conf") + ":" + folder.resolve("jars") + "/*"));
    command.add("org.apache.spark.deploy.SparkSubmit");
    command.addAll(arguments);
    Path output = Files.createTempFile(folder, "job", ".log");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("SPARK_HOME", folder.toString());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    // The script finds it out, and the workers ask for it.
    builder.environment().put("SPARK_SCALA_VERSION", scala);
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return new SubmittedJob(builder.start(), output);
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
