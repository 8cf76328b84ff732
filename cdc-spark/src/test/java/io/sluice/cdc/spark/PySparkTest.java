package io.sluice.cdc.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The script of the examples, by {@code spark-submit} and the {@code python3} of the PATH. Runs
 * only when asked for, since the build brings no PySpark.
 */
@Tag("servers")
@Tag("pyspark")
class PySparkTest {
  private final SparkWorld world = SparkWorld.shared();

  @BeforeAll
  static void pySparkIsThere() throws Exception {
    Process python =
        new ProcessBuilder("python3", "-c", "import pyspark; print(pyspark.__version__)")
            .redirectErrorStream(true)
            .start();
    String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(python.waitFor())
        .as("python3 of the PATH has to find pyspark (pip install pyspark==4.0.1): %s", said)
        .isZero();
    System.out.println("PySpark " + said.strip());
  }

  @Test
  void theScriptMergesAndItsExitCodeAndOneLineTellWhatIsWrong() throws Exception {
    world
        .mysql()
        .execute(
            "CREATE DATABASE python",
            "CREATE TABLE python.a (id INT PRIMARY KEY, v DECIMAL(9,2), at DATETIME(6))",
            "CREATE TABLE python.b (v INT)",
            "INSERT INTO python.a VALUES (1, 1.5, '2024-02-29 12:00:00.000001'), (2, NULL, NULL)",
            "INSERT INTO python.b VALUES (1), (1), (NULL)");
    world.catchUp("python");
    try (SparkHome home = new SparkHome(world, "local[2]")) {
      SubmittedJob first = submit(home, SparkHome.merging("python"));
      assertThat(first.await()).as("%s", first.output()).isZero();
      assertThat(first.output()).contains("python.a -> remote.python_python.a: appended, 2 loaded");
      world
          .mysql()
          .execute(
              "UPDATE python.a SET v = 2 WHERE id = 2",
              "INSERT INTO python.a VALUES (3, 3, NULL)",
              "DELETE FROM python.b WHERE v = 1 LIMIT 1");
      world.catchUp("python");
      List<String> ofGlue = new ArrayList<>(SparkHome.merging("python"));
      ofGlue.addAll(List.of("--JOB_ID", "j_1", "--JOB_NAME", "merge", "--TempDir", "s3://temp/"));
      SubmittedJob second = submit(home, ofGlue);
      assertThat(second.await()).as("%s", second.output()).isZero();
      world.assertSame(SparkHome.CATALOG, "python");
      SubmittedJob third = submit(home, List.of("--pipeline", "python"));
      assertThat(third.await()).as("%s", third.output()).isEqualTo(1);
      assertThat(third.output())
          .contains("Missing required options: '--location=<location>', '--into=NAMES'")
          .doesNotContain("Traceback", "\tat ");
    }
  }

  private static SubmittedJob submit(SparkHome home, List<String> options) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add(Path.of("examples/merge.py").toAbsolutePath().toString());
    arguments.addAll(options);
    return home.submit(arguments);
  }
}
