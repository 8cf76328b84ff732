package io.sluice.cdc.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.event.LoadChange;
import io.sluice.cdc.event.LoadState;
import io.sluice.cdc.event.LoadView;
import io.sluice.cdc.event.LoadedRange;
import io.sluice.cdc.event.SourcePosition;
import io.sluice.cdc.event.TableLoad;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.internal.batch.Cut;
import io.sluice.cdc.status.RowCounts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamedLoadsTest {
  private static final TableName LOADED = new TableName("shop", "loaded");
  private static final TableName HALF = new TableName("shop", "half");
  private static final TableName BORN = new TableName("shop", "born");

  /** Loaded in the views 1 and 2; one table is not done. */
  private static final LoadState STATE =
      new LoadState(
          List.of(view(1), view(2)),
          List.of(
              new TableLoad(
                  LOADED,
                  true,
                  List.of(
                      new LoadedRange(1, null, List.of("5")),
                      new LoadedRange(2, List.of("5"), null)),
                  9,
                  90),
              new TableLoad(HALF, false, List.of(new LoadedRange(1, null, List.of("5"))), 3, 30)));

  @Test
  void aBatchThatTellsNothingChangesNothing() {
    assertThat(change(cut(List.of(), List.of(), Map.of()), List.of())).isEqualTo(LoadChange.NONE);
  }

  @Test
  void aTableThatWasBornInTheStreamNeedsNoLoadAndAKnownOneStaysAsItIs() {
    LoadChange change = change(cut(List.of(BORN, HALF), List.of(), Map.of()), List.of());
    assertThat(change.tables()).containsExactly(new TableLoad(BORN, true, List.of(), 0, 0));
    assertThat(change.forgotten()).isEmpty();
  }

  @Test
  void whatIsGoneOrToBeLoadedAgainIsForgottenIfItWasKnown() {
    LoadChange change =
        change(cut(List.of(), List.of(LOADED, BORN), Map.of(HALF, "why")), List.of(1, 2));
    assertThat(change.forgotten()).containsExactly(LOADED, HALF);
    assertThat(change.tables()).isEmpty();
  }

  @Test
  void rangesAreRememberedUntilTheLastOfTheirViewsIsPassedAndTheTableIsDone() {
    Cut cut = cut(List.of(), List.of(), Map.of());
    assertThat(change(cut, List.of(1)).tables()).isEmpty();
    assertThat(change(cut, List.of(1)).passedViews()).containsExactly(1);
    assertThat(change(cut, List.of(1, 2)).tables())
        .containsExactly(new TableLoad(LOADED, true, List.of(), 9, 90));
  }

  private static LoadChange change(Cut cut, List<Integer> passedViews) {
    return new StreamedLoads(STATE, cut, passedViews).change();
  }

  private static LoadView view(int number) {
    return new LoadView(number, number, new SourcePosition("b.1", number, null, "server"), 0);
  }

  private static Cut cut(
      List<TableName> created, List<TableName> dropped, Map<TableName, String> reload) {
    return new Cut(
        CommitterTest.place(9),
        0,
        0,
        RowCounts.NONE,
        0,
        0,
        false,
        List.of(),
        List.of(),
        created,
        dropped,
        reload);
  }
}
