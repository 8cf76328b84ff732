package io.sluice.cdc.event;

/**
 * One consistent moment at which a full load reads.
 *
 * @param number numbered from 1 in the pipeline
 * @param sequence the {@code _cdc_seq} that all rows read in this view carry; no change has it
 * @param position what the view contains: every transaction up to this position and none after
 * @param takenMicros when the view was taken by the server's clock, microseconds since
 *     1970-01-01T00:00Z
 */
public record LoadView(int number, long sequence, SourcePosition position, long takenMicros) {
  /** The transaction that load rows of this view name. */
  public Transaction transaction() {
    return new Transaction(
        "view:" + position.binlogFile() + ":" + position.binlogPosition(), takenMicros);
  }
}
