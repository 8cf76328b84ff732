package io.sluice.cdc.event;

import java.util.List;

/**
 * What one commit changes in the {@link LoadState}.
 *
 * @param newViews views taken since the last commit
 * @param passedViews numbers of views that the stream has passed and nobody needs any more
 * @param tables the new progress of every table that moved; replaces what was known of it
 * @param forgotten tables that are no longer included
 */
public record LoadChange(
    List<LoadView> newViews,
    List<Integer> passedViews,
    List<TableLoad> tables,
    List<TableName> forgotten) {
  /** Nothing changed. */
  public static final LoadChange NONE = new LoadChange(List.of(), List.of(), List.of(), List.of());

  /** Copies the lists. */
  public LoadChange {
    newViews = List.copyOf(newViews);
    passedViews = List.copyOf(passedViews);
    tables = List.copyOf(tables);
    forgotten = List.copyOf(forgotten);
  }
}
