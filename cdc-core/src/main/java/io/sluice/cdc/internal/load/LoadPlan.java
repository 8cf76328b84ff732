package io.sluice.cdc.internal.load;

import io.sluice.cdc.event.LoadChange;
import io.sluice.cdc.event.LoadState;
import io.sluice.cdc.event.LoadView;
import io.sluice.cdc.event.TableLoad;
import io.sluice.cdc.event.TableName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of which tables are still to be read. Tables that cannot be cut come first, then the
 * largest, so that all readers end at about the same time and no table waits behind small ones.
 * Thread-safe.
 */
final class LoadPlan {
  private final LoadView view;
  private final List<TableWork> tables;
  private final Set<TableName> told = new HashSet<>();
  private int firstOpen;
  private boolean atHugeRows;
  private boolean failed;

  LoadPlan(LoadView view, List<TableWork> tables) {
    this.view = view;
    this.tables =
        tables.stream()
            .sorted(
                Comparator.comparing((TableWork t) -> t.key() != null)
                    .thenComparing(Comparator.comparingLong(TableWork::estimatedBytes).reversed()))
            .toList();
  }

  LoadView view() {
    return view;
  }

  List<TableWork> tables() {
    return tables;
  }

  /** A span that now belongs to the caller, or null when there is none at this moment. */
  synchronized @Nullable Claim poll() {
    while (firstOpen < tables.size() && isAssigned(tables.get(firstOpen))) {
      firstOpen++;
    }
    for (int i = firstOpen; i < tables.size(); i++) {
      TableWork table = tables.get(i);
      if (table.hasHugeRows() && atHugeRows) {
        continue;
      }
      for (Span span : table.spans()) {
        if (span.state() == Span.State.OPEN) {
          span.state(Span.State.TAKEN);
          atHugeRows |= table.hasHugeRows();
          return new Claim(table, span);
        }
      }
    }
    return null;
  }

  /**
   * As {@link #poll}, but waits while a reader may still give something back; null when nothing
   * will come any more.
   */
  synchronized @Nullable Claim take() throws InterruptedException {
    while (true) {
      Claim claim = poll();
      if (claim != null || failed || tables.stream().allMatch(LoadPlan::isAssigned)) {
        return claim;
      }
      wait();
    }
  }

  /** No span of it will need a reader again. */
  private static boolean isAssigned(TableWork table) {
    return table.spans().stream()
        .allMatch(s -> s.state() == Span.State.READ || s.state() == Span.State.DONE);
  }

  /** Ends the claim's span at the key and gives the rest to whoever comes. */
  synchronized void giveBack(Claim claim, List<String> from) {
    claim.table().insertAfter(claim.span(), claim.span().cutAt(from, Span.State.OPEN));
    notifyAll();
  }

  /** Ends the claim's span at the key, and claims the rest for the same reader. */
  synchronized Claim cut(Claim claim, List<String> at) {
    Span rest = claim.span().cutAt(at, Span.State.TAKEN);
    claim.table().insertAfter(claim.span(), rest);
    claim.span().state(Span.State.READ);
    return new Claim(claim.table(), rest);
  }

  /** The claim was read to its end. */
  synchronized void read(Claim claim) {
    claim.span().state(Span.State.READ);
    if (claim.table().hasHugeRows()) {
      atHugeRows = false;
    }
    notifyAll();
  }

  /** Nobody should wait any more. */
  synchronized void fail() {
    failed = true;
    notifyAll();
  }

  synchronized boolean hasFailed() {
    return failed;
  }

  /** Whether the table is complete and this was not said before. */
  synchronized boolean finishes(TableWork table) {
    return table.isDone() && told.add(table.name());
  }

  /** Whether every span of the table is committed. */
  synchronized boolean isDone(TableWork table) {
    return table.isDone();
  }

  /** The change that a commit of these spans makes. */
  synchronized LoadChange commit(LoadState state, Map<TableWork, UnitPart> parts) {
    List<TableLoad> progress = new ArrayList<>();
    parts.forEach(
        (table, part) -> {
          part.spans().forEach(s -> s.finished(view.number()));
          table.join();
          TableLoad before = state.table(table.name());
          long rows = before == null ? 0 : before.rows();
          long bytes = before == null ? 0 : before.bytes();
          progress.add(table.progress(rows + part.rows(), bytes + part.bytes()));
        });
    List<LoadView> views = state.views().contains(view) ? List.of() : List.of(view);
    return new LoadChange(views, List.of(), progress, List.of());
  }
}
