package io.sluice.cdc.spark;

import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.error.ConfigurationException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/**
 * The job for {@code spark-submit}, and what Python calls. Exit codes: 0 merged, 1 something was
 * not merged, 2 bad usage.
 */
@Command(
    name = "cdc-spark",
    mixinStandardHelpOptions = true,
    description = "Merges what a pipeline has committed into Apache Iceberg tables, and ends.")
public final class MergeJob {
  private static final Logger LOG = LoggerFactory.getLogger(MergeJob.class);

  /** AWS Glue hands its own options to every job, and always this one. */
  private static final String OF_GLUE = "--JOB_NAME";

  @Option(names = "--pipeline", required = true, description = "The pipeline's id.")
  private String pipeline = "";

  @Option(
      names = "--location",
      required = true,
      description = "Where Spark sees s3.final of the pipeline, e.g. s3a://lake/raw.")
  private String location = "";

  @Option(
      names = "--into",
      required = true,
      paramLabel = "NAMES",
      description = "What tables are called, the Iceberg catalogue first: lake.{database}.{table}.")
  private String into = "";

  @Option(
      names = "--include",
      paramLabel = "DB.TABLE",
      split = ";",
      description = "Only these tables, with * and ?. Several: given again, or joined by ';'.")
  private List<String> include = new ArrayList<>();

  @Option(
      names = "--exclude",
      paramLabel = "DB.TABLE",
      split = ";",
      description = "Not these tables, with * and ?. Several: given again, or joined by ';'.")
  private List<String> exclude = new ArrayList<>();

  @Option(
      names = "--partition",
      paramLabel = "DB.TABLE=BY",
      split = ";",
      description =
          "How a table is partitioned when it is made: shop.orders=days(created_at). Several: given"
              + " again, or joined by ';'.")
  private List<String> partitions = new ArrayList<>();

  @Option(
      names = "--table-property",
      paramLabel = "KEY=VALUE",
      split = ";",
      description =
          "A property of tables when they are made. Several: given again, or joined by ';'.")
  private Map<String, String> properties = new TreeMap<>();

  @Option(names = "--parallel", description = "Tables that are merged at once (${DEFAULT-VALUE}).")
  private int parallel = LakeMergeBuilder.DEFAULT_PARALLEL;

  @Unmatched private List<String> unknown = new ArrayList<>();

  private MergeJob() {}

  /** For spark-submit. */
  public static void main(String[] arguments) {
    int code = execute(arguments);
    if (code != 0) {
      System.exit(code);
    }
  }

  private static int execute(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    CommandLine line = new CommandLine(new MergeJob()).setOut(out).setErr(err);
    if (List.of(arguments).contains("--help") || List.of(arguments).contains("-h")) {
      line.usage(out);
      return 0;
    }
    try {
      parse(line, arguments);
    } catch (CommandLine.ParameterException e) {
      err.println(e.getMessage());
      line.usage(err);
      return 2;
    }
    SparkSession spark = SparkSession.builder().appName("sluice-merge").getOrCreate();
    try {
      out.println(run(spark, List.of(arguments)));
      return 0;
    } catch (ConfigurationException e) {
      err.println(e.getMessage());
      return 2;
    } catch (CdcException e) {
      err.println(e.getMessage());
      return 1;
    } catch (InterruptedException e) {
      err.println("Interrupted; run it again, it goes on from where it was.");
      return 1;
    } finally {
      spark.stop();
    }
  }

  /**
   * Runs it in a session that is there, for notebooks and Python.
   *
   * @param spark the session; it stays the caller's
   * @param arguments as on the command line
   * @return what was done; its text has a line for each table
   * @throws CdcException when something is wrong or was not merged
   */
  public static MergeResult run(SparkSession spark, List<String> arguments)
      throws InterruptedException {
    MergeJob job = new MergeJob();
    try {
      parse(new CommandLine(job), arguments.toArray(String[]::new));
    } catch (CommandLine.ParameterException e) {
      throw new ConfigurationException(List.of(String.valueOf(e.getMessage())));
    }
    return job.merge(spark).run();
  }

  private static void parse(CommandLine line, String... arguments) {
    line.parseArgs(arguments);
    MergeJob job = line.getCommand();
    if (job.unknown.isEmpty()) {
      return;
    }
    if (!job.unknown.contains(OF_GLUE)) {
      throw new CommandLine.UnmatchedArgumentException(line, job.unknown);
    }
    // Only the names: somebody may have given a secret to Glue.
    LOG.info(
        "Passed over as options of Glue: {}",
        job.unknown.stream().filter(name -> name.startsWith("--")).toList());
  }

  private LakeMerge merge(SparkSession spark) {
    LakeMergeBuilder merge =
        LakeMerge.builder(spark)
            .pipeline(pipeline)
            .location(location)
            .into(into)
            .include(include.toArray(String[]::new))
            .exclude(exclude.toArray(String[]::new))
            .parallel(parallel);
    properties.forEach(merge::tableProperty);
    partitions.forEach(p -> merge.partition(before(p), after(p)));
    return merge.build();
  }

  private static String before(String partition) {
    return partition.contains("=") ? partition.substring(0, partition.indexOf('=')) : partition;
  }

  private static String after(String partition) {
    return partition.contains("=") ? partition.substring(partition.indexOf('=') + 1) : "";
  }
}
