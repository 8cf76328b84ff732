package io.sluice.cdc.bench.report;

import java.util.Map;

/**
 * What one run of one participant gave.
 *
 * @param rows that came through
 * @param seconds of the work
 * @param cpuSeconds of the participant's process from its birth; NaN where it was not measured
 * @param peakRssBytes its largest resident memory; 0 where it was not measured
 * @param mysqlCpuSeconds of the MySQL server meanwhile
 * @param s3CpuSeconds of the S3 server meanwhile
 * @param foreignCores how many cores everything else on the machine kept busy; NaN where the system
 *     does not tell
 * @param more what the participant told besides
 */
public record Sample(
    long rows,
    double seconds,
    double cpuSeconds,
    long peakRssBytes,
    double mysqlCpuSeconds,
    double s3CpuSeconds,
    double foreignCores,
    Map<String, String> more) {
  public Sample {
    more = Map.copyOf(more);
  }

  /** How much of the seconds was before the first row; NaN where it was not told. */
  double startSeconds() {
    return Double.parseDouble(more.getOrDefault("startSeconds", "NaN"));
  }

  double rowsPerSecond() {
    return rows / seconds;
  }

  double cpuMicrosPerRow() {
    return cpuSeconds * 1e6 / rows;
  }

  double peakRssMiB() {
    return peakRssBytes == 0 ? Double.NaN : peakRssBytes / 1048576.0;
  }

  /** The most heap in use; NaN where it was not told. */
  double peakHeapMiB() {
    return Double.parseDouble(more.getOrDefault("peakHeapBytes", "NaN")) / 1048576.0;
  }

  /** The most heap that a collection left; NaN where it was not told. */
  double keptHeapMiB() {
    return Double.parseDouble(more.getOrDefault("keptHeapBytes", "NaN")) / 1048576.0;
  }

  double mysqlCpuMicrosPerRow() {
    return mysqlCpuSeconds * 1e6 / rows;
  }

  double s3CpuMicrosPerRow() {
    return s3CpuSeconds * 1e6 / rows;
  }
}
