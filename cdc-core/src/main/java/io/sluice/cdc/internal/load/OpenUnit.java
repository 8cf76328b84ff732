package io.sluice.cdc.internal.load;

import io.sluice.cdc.event.RowBatch;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A unit that a reader is filling, and what it will say when it is committed. Used by one thread.
 */
final class OpenUnit {
  /** A unit of many small tables has many files; more than this in one commit helps nobody. */
  private static final int MOST_TABLES = 200;

  private final LoadPlan plan;
  private final LoadUnit unit;
  private final long fullBytes;
  private final Map<TableWork, UnitPart> parts = new HashMap<>();
  private long bytes;

  OpenUnit(LoadPlan plan, LoadUnit unit, long fullBytes) {
    this.plan = plan;
    this.unit = unit;
    this.fullBytes = fullBytes;
  }

  void write(TableWork table, RowBatch rows, long valueBytes) throws InterruptedException {
    unit.write(rows);
    bytes += valueBytes;
    part(table).count(rows.size(), valueBytes);
  }

  /** The span has been read into this unit to its end. */
  void add(Claim claim) {
    part(claim.table()).add(claim.span());
  }

  boolean isFull() {
    return bytes >= fullBytes || parts.size() >= MOST_TABLES;
  }

  /** Whether a chunk has grown so far beyond the planned size that it is cut where it stands. */
  boolean isOverfull() {
    return bytes >= 2 * fullBytes;
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  Set<TableWork> tables() {
    return parts.keySet();
  }

  void commit() throws InterruptedException {
    unit.commit(state -> plan.commit(state, parts));
  }

  void discard() {
    unit.discard();
  }

  private UnitPart part(TableWork table) {
    return parts.computeIfAbsent(table, t -> new UnitPart());
  }
}
