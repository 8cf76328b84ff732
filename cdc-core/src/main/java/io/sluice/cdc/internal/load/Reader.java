package io.sluice.cdc.internal.load;

import io.sluice.cdc.event.RowBatch;
import io.sluice.cdc.internal.mysql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one part of a table after the other on a connection of the view, and commits them in units.
 * Used by one thread.
 */
final class Reader {
  /** A chunk that turns out longer than this many times what was planned gives its rest back. */
  private static final int LONGEST = 4;

  private final Connection connection;
  private final LoadContext load;
  private final LoadPlan plan;
  private @Nullable OpenUnit unit;

  Reader(Connection connection, LoadContext load) {
    this.connection = connection;
    this.load = load;
    this.plan = load.plan();
  }

  /** Reads until nothing is left. */
  void run() throws InterruptedException {
    boolean ended = false;
    try {
      Claim claim = next();
      while (claim != null) {
        read(claim);
        claim = next();
      }
      ended = true;
    } finally {
      if (!ended) {
        discard();
      }
    }
  }

  /** What was read is committed before this reader waits for the others. */
  private @Nullable Claim next() throws InterruptedException {
    if (plan.hasFailed()) {
      discard();
      return null;
    }
    Claim claim = plan.poll();
    if (claim != null) {
      return claim;
    }
    commit();
    return plan.take();
  }

  private void read(Claim claim) throws InterruptedException {
    try {
      long limit = cut(claim);
      stream(claim, limit);
      Sql.run(connection, ViewOpener.BACK_TO_START);
    } catch (SQLException e) {
      throw load.guard().failure(claim.table(), e);
    }
    if (unit().isFull()) {
      commit();
    }
  }

  /**
   * Gives all but the first chunk of the span back; returns how many rows may be read of it at
   * most.
   */
  private long cut(Claim claim) throws SQLException {
    Key key = claim.table().key();
    if (key == null) {
      return Long.MAX_VALUE;
    }
    long wantedRows = Math.max(1, load.chunkBytes() / claim.table().rowBytes());
    ChunkCutter cutter = new ChunkCutter(connection, claim.table(), key, plan.view());
    var end = cutter.cut(claim.span(), wantedRows);
    if (end != null && !end.equals(claim.span().upTo())) {
      plan.giveBack(claim, end);
    }
    return LONGEST * wantedRows;
  }

  private void stream(Claim first, long limit) throws SQLException, InterruptedException {
    Claim claim = first;
    TableWork table = first.table();
    TableCells cells = new TableCells(table.schema(), load.zeroDates());
    try (RowStream rows = new RowStream(connection, sql(claim, cells, limit), cells, plan.view())) {
      while (writeBatch(table, cells, rows)) {
        if (plan.hasFailed()) {
          throw new InterruptedException("another reader failed");
        }
        if (table.key() != null && unit().isOverfull()) {
          Claim rest = plan.cut(claim, rows.lastKey());
          unit().add(claim);
          commit();
          claim = rest;
        }
      }
      if (rows.read() == limit && !rows.lastKey().equals(claim.span().upTo())) {
        plan.giveBack(claim, rows.lastKey());
      }
    }
    plan.read(claim);
    unit().add(claim);
  }

  /** Hands one batch over and lets go of it before the next is read; false at the end. */
  private boolean writeBatch(TableWork table, TableCells cells, RowStream rows)
      throws SQLException, InterruptedException {
    RowBatch batch = rows.next();
    if (batch == null) {
      return false;
    }
    load.watch().check();
    unit().write(table, batch, rows.batchBytes());
    table.count(batch.size(), rows.batchBytes());
    cells.drainInvalidDates(load.listener());
    load.listener().rowsRead(table.name(), batch.size(), rows.batchBytes());
    return true;
  }

  private static String sql(Claim claim, TableCells cells, long limit) {
    Key key = claim.table().key();
    if (key == null) {
      return cells.selectList();
    }
    Span span = claim.span();
    return cells.selectList()
        + key.forceIndex()
        + key.where(span.after(), span.upTo())
        + key.orderBy(false)
        + " LIMIT "
        + limit;
  }

  private OpenUnit unit() {
    OpenUnit current = unit;
    if (current == null) {
      current = new OpenUnit(plan, load.output().begin(), load.chunkBytes());
      unit = current;
    }
    return current;
  }

  private void commit() throws InterruptedException {
    OpenUnit full = unit;
    if (full == null || full.isEmpty()) {
      discard();
      return;
    }
    load.guard().check(full.tables());
    unit = null;
    full.commit();
    full.tables().stream().filter(plan::finishes).forEach(t -> load.listener().tableDone(t.name()));
  }

  private void discard() {
    OpenUnit open = unit;
    unit = null;
    if (open != null) {
      open.discard();
    }
  }
}
