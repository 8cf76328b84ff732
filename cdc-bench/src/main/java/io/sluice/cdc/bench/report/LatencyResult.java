package io.sluice.cdc.bench.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cdc.testkit.fault.S3Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/** How soon small changes were readable. Not thread-safe. */
public final class LatencyResult {
  private final ObjectNode facts = JsonNodeFactory.instance.objectNode();
  private final List<Run> runs = new ArrayList<>();
  private final Map<String, double[]> requestMillis = new LinkedHashMap<>();
  private final ObjectNode requests = JsonNodeFactory.instance.objectNode();
  private String requestWords = "";

  /** One repetition; milliseconds sorted. */
  private record Run(Sample sample, double[] millis, double transactionsPerSecond) {
    double p50() {
      return Medians.quantile(millis, 0.5);
    }

    double p99() {
      return Medians.quantile(millis, 0.99);
    }

    double max() {
      return Medians.quantile(millis, 1);
    }
  }

  /** A result without runs. */
  public LatencyResult(
      int transactionsPerSecond, int maxAgeMillis, double seconds, double warmUpSeconds) {
    facts.put("case", "latency").put("wantedTransactionsPerSecond", transactionsPerSecond);
    facts
        .put("maxAgeMillis", maxAgeMillis)
        .put("seconds", seconds)
        .put("warmUpSeconds", warmUpSeconds);
    facts.put("tls", true);
  }

  /** Adds a repetition. */
  public void add(Sample sample, double[] millis, double transactionsPerSecond) {
    runs.add(new Run(sample, millis, transactionsPerSecond));
  }

  /** Adds times of requests of one kind that the probe sent meanwhile, in milliseconds. */
  public void addRequestTimes(String request, double[] millis) {
    requestMillis.merge(
        request,
        millis,
        (a, b) -> DoubleStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray());
  }

  /** What the pipeline sent for so many commits with so many files. */
  public void requests(long commits, long files, Map<S3Operation, Long> counts) {
    requests.put("commits", commits).put("files", files);
    ObjectNode perCommit = requests.putObject("perCommit");
    StringBuilder words = new StringBuilder();
    counts.forEach(
        (operation, count) -> {
          if (count > 0) {
            CaseResult.put(perCommit, operation.name(), (double) count / commits, 2);
            words.append(
                String.format(Locale.ROOT, " %s %.2f", operation, (double) count / commits));
          }
        });
    double all = counts.values().stream().mapToLong(Long::longValue).sum();
    CaseResult.put(requests, "allPerCommit", all / commits, 2);
    requestWords =
        String.format(
            Locale.ROOT,
            "S3 requests: %.2f a commit, with %.2f files a commit:%s",
            all / commits,
            (double) files / commits,
            words);
  }

  /** Requests that an idle pipeline sent. */
  public void idleRequests(long count) {
    requests.put("whenIdle", count);
  }

  /** The last repetition in one line. */
  public String lastLine() {
    Run run = runs.get(runs.size() - 1);
    return String.format(
        Locale.ROOT,
        "latency: %,d rows at %.0f transactions/s, p50 %.0f ms, p99 %.0f ms, max %.0f ms",
        run.millis().length,
        run.transactionsPerSecond(),
        run.p50(),
        run.p99(),
        run.max());
  }

  /** The figures for a person. */
  public String table() {
    Text text =
        new Text()
            .line(
                "from MySQL commit to promoted",
                "",
                "p50 ms",
                "p99 ms",
                "max ms",
                "commits",
                "RSS MiB",
                "CPU cores");
    for (int i = 0; i < runs.size(); i++) {
      text.line(line("run " + (i + 1), List.of(runs.get(i))));
    }
    text.line(line("median of runs", runs));
    requestMillis.forEach(
        (request, millis) ->
            text.line(
                "the S3 server's " + request,
                "",
                Text.number(Medians.quantile(millis, 0.5), 1),
                Text.number(Medians.quantile(millis, 0.99), 1),
                Text.number(Medians.quantile(millis, 1), 1)));
    return text
        + requestWords
        + "; when idle "
        + requests.path("whenIdle").asText()
        + " requests in 3 s\n";
  }

  private static String[] line(String name, List<Run> of) {
    return new String[] {
      name,
      Text.number(median(of.stream().mapToDouble(Run::transactionsPerSecond)), 0) + " tx/s",
      Text.number(median(of.stream().mapToDouble(Run::p50)), 0),
      Text.number(median(of.stream().mapToDouble(Run::p99)), 0),
      Text.number(median(of.stream().mapToDouble(Run::max)), 0),
      Text.number(
          median(
              of.stream().mapToDouble(r -> Double.parseDouble(r.sample().more().get("commits")))),
          0),
      Text.number(median(of.stream().mapToDouble(r -> r.sample().peakRssMiB())), 0),
      Text.number(
          median(of.stream().mapToDouble(r -> r.sample().cpuSeconds() / r.sample().seconds())), 2)
    };
  }

  private static double median(DoubleStream values) {
    return Medians.quantile(values.toArray(), 0.5);
  }

  /** The figures for a program. */
  public ObjectNode json() {
    ObjectNode node = facts.deepCopy();
    figures(node, runs);
    runs.forEach(run -> figures(node.withArray("runs").addObject(), List.of(run)));
    ObjectNode s3 = node.putObject("s3RequestMillis");
    requestMillis.forEach(
        (request, millis) -> {
          ObjectNode times = s3.putObject(request);
          CaseResult.put(times, "p50", Medians.quantile(millis, 0.5), 2);
          CaseResult.put(times, "p99", Medians.quantile(millis, 0.99), 2);
        });
    node.set("s3Requests", requests);
    return node;
  }

  private static void figures(ObjectNode node, List<Run> of) {
    CaseResult.put(
        node,
        "transactionsPerSecond",
        median(of.stream().mapToDouble(Run::transactionsPerSecond)),
        0);
    CaseResult.put(node, "p50Millis", median(of.stream().mapToDouble(Run::p50)), 1);
    CaseResult.put(node, "p99Millis", median(of.stream().mapToDouble(Run::p99)), 1);
    CaseResult.put(node, "maxMillis", median(of.stream().mapToDouble(Run::max)), 1);
    CaseResult.put(
        node, "peakRssMiB", median(of.stream().mapToDouble(r -> r.sample().peakRssMiB())), 0);
    CaseResult.put(
        node,
        "cpuMicrosPerRow",
        median(of.stream().mapToDouble(r -> r.sample().cpuMicrosPerRow())),
        1);
  }
}
