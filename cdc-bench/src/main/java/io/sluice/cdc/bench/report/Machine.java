package io.sluice.cdc.bench.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.cdc.bench.Options;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What figures depend on besides Sluice.
 *
 * @param cores of the machine
 * @param memoryMiB of the machine
 * @param cpu its name, where the system tells
 * @param os the system
 * @param java the runtime of everything in Java
 * @param mysql the server's version
 */
public record Machine(int cores, long memoryMiB, String cpu, String os, String java, String mysql) {
  private static final Path CPU = Path.of("/proc/cpuinfo");

  public static Machine look(String mysql) throws IOException {
    long bytes =
        ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getTotalMemorySize();
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        bytes >> 20,
        cpuName(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        mysql);
  }

  private static String cpuName() throws IOException {
    if (!Files.isReadable(CPU)) {
      return "unknown";
    }
    return Files.readAllLines(CPU).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.replaceFirst(".*:\\s*", ""))
        .findFirst()
        .orElse("unknown");
  }

  /** Everything for a program to read. */
  public ObjectNode json(Options options, List<ObjectNode> cases) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("at", Instant.now().toString());
    node.putObject("machine")
        .put("cores", cores)
        .put("memoryMiB", memoryMiB)
        .put("cpu", cpu)
        .put("os", os)
        .put("java", java)
        .put("mysql", mysql);
    node.putObject("options")
        .put("command", options.command())
        .put("rows", options.rows())
        .put("repetitions", options.repetitions())
        .put("short", options.small())
        .put("tls", options.tls())
        .put("heapMiB", options.heapMiB())
        .put("jvmFlags", String.join(" ", options.jvmFlags()))
        .put("checked", options.checked());
    node.putArray("cases").addAll(cases);
    return node;
  }

  @Override
  public String toString() {
    return cores
        + " cores ("
        + cpu
        + "), "
        + memoryMiB
        + " MiB, "
        + os
        + ", "
        + java
        + ", MySQL "
        + mysql
        + " and the S3 server on the same machine";
  }
}
