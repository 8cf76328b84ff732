package io.sluice.cdc.spark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.s3.S3Sink;
import io.sluice.cdc.s3.sql.LakeSql;
import io.sluice.cdc.spark.internal.lake.TableNames;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * What {@code bin/torture --lake} lets run beside a pipeline and kills: a session that merges one
 * pipeline again and again. Arguments: endpoint, region, access key, secret key, warehouse.
 * Commands, a line each: {@code follow PIPELINE BUCKET}; {@code export FOLDER}, which merges a last
 * time and writes out all that the lake and the printed views hold. Tells events as lines {@code @@
 * name text}.
 */
public final class TorturedMerge {
  private static final int PAUSE_MILLIS = 200;

  /** A compaction may delete a file that is being read; the run after it reads others. */
  private static final int MOST_FAILURES = 3;

  private static final int EXPORTS_AT_ONCE = 4;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final BlockingQueue<String> commands = new LinkedBlockingQueue<>();
  private final SparkSession spark;
  private final String endpoint;
  private final String region;
  private final String accessKey;
  private final String secretKey;
  private String pipeline = "";
  private String bucket = "";
  private int failures;

  private TorturedMerge(String[] arguments) {
    this.endpoint = arguments[0];
    this.region = arguments[1];
    this.accessKey = arguments[2];
    this.secretKey = arguments[3];
    this.spark =
        SparkWorld.forFewRows(SparkWorld.builder(endpoint, Path.of(arguments[4])))
            .config("spark.hadoop.fs.s3a.access.key", accessKey)
            .config("spark.hadoop.fs.s3a.secret.key", secretKey)
            .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
            .getOrCreate();
  }

  /** Runs until it is killed, fails, or its standard input ends. */
  public static void main(String[] arguments) throws Exception {
    TorturedMerge merge = new TorturedMerge(arguments);
    Thread listener = new Thread(merge::listen, "commands");
    listener.setDaemon(true);
    listener.start();
    try {
      merge.run();
    } catch (Exception | Error e) {
      e.printStackTrace();
      merge.say("failed", e.toString());
      Runtime.getRuntime().halt(1);
    }
  }

  private void listen() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        commands.add(line);
      }
    } catch (IOException e) {
      System.err.println("standard input broke: " + e);
    }
    Runtime.getRuntime().halt(1);
  }

  private void say(String event, String text) {
    out.println("@@ " + event + " " + text.replaceAll("\\R", " "));
  }

  private void run() throws Exception {
    while (true) {
      String command =
          pipeline.isEmpty() ? commands.take() : commands.poll(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      if (command == null) {
        mergeOrTryAgain();
      } else if (command.startsWith("follow ")) {
        pipeline = command.split(" ")[1];
        bucket = command.split(" ")[2];
      } else {
        merge();
        export(Path.of(command.substring("export ".length())));
        say("exported", command.substring("export ".length()));
        pipeline = "";
      }
    }
  }

  private void mergeOrTryAgain() throws Exception {
    try {
      merge();
      failures = 0;
    } catch (MergeException e) {
      System.err.println("merge failed: " + e.getMessage());
      if (++failures == MOST_FAILURES) {
        throw e;
      }
    }
  }

  private void merge() throws Exception {
    if (!exists("_sluice/" + pipeline + "/log/00000000000000000001.json")) {
      return;
    }
    MergeResult result =
        LakeMerge.builder(spark).pipeline(pipeline).location(location()).into(into()).build().run();
    if (!result.tables().isEmpty()) {
      say("merged", result.from() + " to " + result.through());
    }
  }

  private boolean exists(String key) throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(location() + "/" + key);
    FileSystem files = path.getFileSystem(spark.sessionState().newHadoopConf());
    return files.exists(path);
  }

  private String location() {
    return "s3a://" + bucket + "/" + pipeline;
  }

  private String into() {
    return "lake." + pipeline + "_{database}.{table}";
  }

  /** What is to be written out; no rows for a table that Spark could only read wrongly. */
  private record Export(String kind, TableName table, @Nullable Dataset<Row> rows) {}

  private void export(Path folder) throws Exception {
    List<Export> all = exports();
    ExecutorService threads = Executors.newFixedThreadPool(EXPORTS_AT_ONCE);
    ArrayNode list = JSON.createArrayNode();
    List<Future<?>> writes = new ArrayList<>();
    for (Export one : all) {
      Dataset<Row> rows = one.rows();
      String place = rows == null ? "" : "t" + list.size();
      if (rows != null) {
        String path = folder.resolve(place).toUri().toString();
        writes.add(threads.submit(() -> rows.coalesce(1).write().parquet(path)));
      }
      list.addObject()
          .put("kind", one.kind())
          .put("database", one.table().database())
          .put("table", one.table().table())
          .put("folder", place);
    }
    for (Future<?> write : writes) {
      write.get();
    }
    threads.shutdown();
    Files.createDirectories(folder);
    JSON.writeValue(folder.resolve("tables.json").toFile(), list);
  }

  private List<Export> exports() throws Exception {
    List<Export> all = new ArrayList<>();
    try (S3Sink sink = sink()) {
      Map<TableName, String> views = PrintedSql.run(spark, sink, pipeline, location());
      for (TableName table : LakeSql.read(sink, new PipelineId(pipeline)).tables()) {
        String view = views.get(table);
        all.add(new Export("Spark's view", table, view == null ? null : spark.table(view)));
        String name = "lake." + TableNames.parse(into()).of(table);
        if (spark.catalog().tableExists(name)) {
          all.add(new Export("Iceberg table", table, spark.table(name)));
        }
      }
    }
    return all;
  }

  private S3Sink sink() {
    return S3Sink.builder()
        .endpoint(URI.create(endpoint))
        .region(region)
        .pathStyle(true)
        .credentials(accessKey, secretKey)
        .finalLocation("s3://" + bucket + "/" + pipeline)
        .temporaryLocation("s3://temporary/stage")
        .build();
  }
}
