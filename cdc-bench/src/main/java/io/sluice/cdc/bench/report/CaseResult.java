package io.sluice.cdc.bench.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The samples of one case, by participant, in the order in which they were first seen. Not
 * thread-safe.
 */
public final class CaseResult {
  private final String name;
  private final String subject;
  private final Map<String, String> ratios;
  private final Map<String, List<Sample>> samples = new LinkedHashMap<>();
  private final ObjectNode facts = JsonNodeFactory.instance.objectNode();

  /**
   * A case without samples.
   *
   * @param subject the participant that the case is about
   * @param ratios by the name of a ratio, the participant that it compares with
   */
  public CaseResult(String name, String subject, Map<String, String> ratios) {
    this.name = name;
    this.subject = subject;
    this.ratios = new LinkedHashMap<>(ratios);
  }

  /** Its name; the word before the first space is the kind. */
  public String name() {
    return name;
  }

  /** Adds a run. */
  public void add(String participant, Sample sample) {
    samples.computeIfAbsent(participant, p -> new ArrayList<>()).add(sample);
  }

  /** Facts that go into the JSON as they are. */
  public ObjectNode facts() {
    return facts;
  }

  /** How many times as fast the subject is, or NaN when one of both was not run. */
  double ratio(String of, String to) {
    return median(of) / median(to);
  }

  private double median(String participant) {
    return Medians.of(samples.getOrDefault(participant, List.of()), Sample::rowsPerSecond);
  }

  /** The head of the lines that {@link #lines} adds. */
  public void head(Text table) {
    List<String> cells = new ArrayList<>(List.of("case", "participant", "rows/s", "s", "start s"));
    ratios.keySet().forEach(r -> cells.add(r.replaceFirst("ratioTo", "x ")));
    cells.addAll(
        List.of(
            "CPU us/row",
            "RSS MiB",
            "heap MiB",
            "kept MiB",
            "MySQL us/row",
            "S3 us/row",
            "others' cores",
            "runs"));
    table.line(cells.toArray(String[]::new));
  }

  /** Adds a line for each participant. */
  public void lines(Text table) {
    samples.forEach((participant, list) -> table.line(line(participant, list)));
  }

  private String[] line(String participant, List<Sample> list) {
    List<String> cells = new ArrayList<>(List.of(name, participant));
    cells.add(Text.number(median(participant), 0));
    cells.add(Text.number(Medians.of(list, Sample::seconds), 2));
    cells.add(Text.number(Medians.of(list, Sample::startSeconds), 2));
    ratios.values().forEach(to -> cells.add(Text.number(ratio(participant, to), 2)));
    cells.add(Text.number(Medians.of(list, Sample::cpuMicrosPerRow), 2));
    cells.add(Text.number(Medians.of(list, Sample::peakRssMiB), 0));
    cells.add(Text.number(Medians.of(list, Sample::peakHeapMiB), 0));
    cells.add(Text.number(Medians.of(list, Sample::keptHeapMiB), 0));
    cells.add(Text.number(Medians.of(list, Sample::mysqlCpuMicrosPerRow), 2));
    cells.add(Text.number(Medians.of(list, Sample::s3CpuMicrosPerRow), 2));
    cells.add(Text.number(Medians.of(list, Sample::foreignCores), 2));
    cells.add(Integer.toString(list.size()));
    return cells.toArray(String[]::new);
  }

  /** All figures for a program; those of the subject stand at the top. */
  public ObjectNode json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("case", name);
    node.setAll(facts);
    figures(node, samples.getOrDefault(subject, List.of()));
    ratios.forEach((ratio, to) -> put(node, ratio, ratio(subject, to), 3));
    ObjectNode participants = node.putObject("participants");
    samples.forEach((participant, list) -> participant(participants.putObject(participant), list));
    return node;
  }

  private static void participant(ObjectNode node, List<Sample> list) {
    figures(node, list);
    for (Sample sample : list) {
      ObjectNode run = node.withArray("runs").addObject();
      figures(run, List.of(sample));
      sample.more().forEach(run::put);
    }
  }

  private static void figures(ObjectNode node, List<Sample> list) {
    put(node, "rowsPerSecond", Medians.of(list, Sample::rowsPerSecond), 0);
    put(node, "seconds", Medians.of(list, Sample::seconds), 3);
    put(node, "startSeconds", Medians.of(list, Sample::startSeconds), 2);
    put(node, "cpuMicrosPerRow", Medians.of(list, Sample::cpuMicrosPerRow), 2);
    put(node, "peakRssMiB", Medians.of(list, Sample::peakRssMiB), 0);
    put(node, "peakHeapMiB", Medians.of(list, Sample::peakHeapMiB), 0);
    put(node, "keptHeapMiB", Medians.of(list, Sample::keptHeapMiB), 0);
    put(node, "mysqlCpuMicrosPerRow", Medians.of(list, Sample::mysqlCpuMicrosPerRow), 2);
    put(node, "s3CpuMicrosPerRow", Medians.of(list, Sample::s3CpuMicrosPerRow), 2);
    put(node, "foreignCores", Medians.of(list, Sample::foreignCores), 2);
  }

  /** Null where there is no figure. */
  public static void put(ObjectNode node, String name, double value, int decimals) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      node.putNull(name);
    } else if (decimals == 0) {
      node.put(name, Math.round(value));
    } else {
      double unit = Math.pow(10, decimals);
      node.put(name, Math.round(value * unit) / unit);
    }
  }
}
