package io.sluice.cdc.testkit.check;

/**
 * What a check has looked at.
 *
 * @param tables tables compared with MySQL
 * @param rows rows of MySQL compared
 * @param loads rows of full loads in the bucket
 * @param inserts inserts in the bucket
 * @param updates updates in the bucket
 * @param deletes deletes in the bucket
 * @param truncates truncates in the bucket
 * @param commits commits in the log
 * @param claims claims in the log, one for each start of the pipeline
 * @param files files that commits list
 * @param bytes bytes of those files
 * @param lastSequence the last number used in {@code _cdc_seq}
 */
public record CheckCounts(
    int tables,
    long rows,
    long loads,
    long inserts,
    long updates,
    long deletes,
    long truncates,
    long commits,
    long claims,
    long files,
    long bytes,
    long lastSequence) {
  /** All changes, truncates among them. */
  public long changes() {
    return inserts + updates + deletes + truncates;
  }
}
