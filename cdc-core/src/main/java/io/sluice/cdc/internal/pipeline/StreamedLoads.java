package io.sluice.cdc.internal.pipeline;

import io.sluice.cdc.event.LoadChange;
import io.sluice.cdc.event.LoadState;
import io.sluice.cdc.event.LoadView;
import io.sluice.cdc.event.TableLoad;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.internal.batch.Cut;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a batch of the stream means for the loads that are remembered. Immutable.
 *
 * @param load what is committed so far
 * @param cut the end of the batch
 * @param passedViews numbers of views that the stream is past with this batch
 */
record StreamedLoads(LoadState load, Cut cut, List<Integer> passedViews) {

  /**
   * Tables that were born in the stream need no load; those that are gone or must be loaded again
   * are forgotten; of those whose views are all passed nothing is remembered but that they are
   * done.
   */
  LoadChange change() {
    List<TableName> forgotten =
        Stream.concat(cut.dropped().stream(), cut.reload().keySet().stream())
            .filter(name -> load.table(name) != null)
            .toList();
    List<TableLoad> tables = new ArrayList<>(born());
    tables.addAll(passed(forgotten));
    return tables.isEmpty() && forgotten.isEmpty() && passedViews.isEmpty()
        ? LoadChange.NONE
        : new LoadChange(List.of(), passedViews, tables, forgotten);
  }

  private List<TableLoad> born() {
    return cut.created().stream()
        .filter(name -> load.table(name) == null)
        .map(name -> new TableLoad(name, true, List.of(), 0, 0))
        .toList();
  }

  /**
   * A table's ranges are needed until the last of their views is passed: also those of passed
   * views, for they say which part of the table the others do not hold.
   */
  private List<TableLoad> passed(List<TableName> forgotten) {
    Set<Integer> open =
        load.views().stream().map(LoadView::number).collect(Collectors.toCollection(HashSet::new));
    passedViews.forEach(open::remove);
    return load.tables().stream()
        .filter(TableLoad::done)
        .filter(known -> !known.ranges().isEmpty() && !forgotten.contains(known.table()))
        .filter(known -> known.ranges().stream().noneMatch(r -> open.contains(r.view())))
        .map(known -> new TableLoad(known.table(), true, List.of(), known.rows(), known.bytes()))
        .toList();
  }
}
