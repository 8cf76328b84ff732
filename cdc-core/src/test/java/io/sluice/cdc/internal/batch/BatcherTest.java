package io.sluice.cdc.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.config.BatchConfig;
import io.sluice.cdc.event.Operation;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.Transaction;
import io.sluice.cdc.internal.binlog.StreamPosition;
import io.sluice.cdc.internal.binlog.StreamTable;
import io.sluice.cdc.internal.binlog.StreamTableFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class BatcherTest {
  private final StreamTable keyed = StreamTableFixture.keyed("shop", "orders");
  private final StreamTable keyless = StreamTableFixture.keyless("shop", "log");
  private final Handover handover = new Handover(Long.MAX_VALUE);
  private boolean behind;

  @Test
  void aBatchEndsWithATransactionAlsoWhenTheRowsAreReachedInsideIt() throws Exception {
    Batcher batcher = batcher(new BatchConfig(Duration.ofHours(1), 3, 1 << 30));
    transaction(batcher, 1, 2);
    transaction(batcher, 3, 4);
    Cut cut = cut();
    assertThat(cut.rows().inserts()).isEqualTo(4);
    assertThat(cut.firstSequence()).isEqualTo(1);
    assertThat(cut.lastSequence()).isEqualTo(4);
    assertThat(cut.insideTransaction()).isFalse();
    assertThat(cut.position().position()).isEqualTo(4);
  }

  @Test
  void ageCutsABatchWithoutAnotherRow() throws Exception {
    Batcher batcher = batcher(new BatchConfig(Duration.ofNanos(1), 1000, 1 << 30));
    transaction(batcher, 1);
    batcher.tick();
    assertThat(cut().rows().inserts()).isEqualTo(1);
  }

  @Test
  void ageCutsNothingWhileEarlierBatchesWait() throws Exception {
    behind = true;
    Batcher batcher = batcher(new BatchConfig(Duration.ofNanos(1), 1000, 1 << 30));
    transaction(batcher, 1);
    batcher.tick();
    assertThat(handover.isEmpty()).isTrue();
    behind = false;
    batcher.tick();
    assertThat(cut().rows().inserts()).isEqualTo(1);
  }

  @Test
  void nothingIsCutInsideATransactionByAge() throws Exception {
    Batcher batcher = batcher(new BatchConfig(Duration.ofNanos(1), 1000, 1 << 30));
    batcher.busy();
    batcher.begin(new Transaction("t", 5), "t");
    insert(batcher, 1);
    batcher.tick();
    assertThat(handover.isEmpty()).isTrue();
  }

  @Test
  void aKeyUpdateIsADeleteAndAnInsert() throws Exception {
    Batcher batcher = batcher(new BatchConfig(Duration.ofHours(1), 1, 1 << 30));
    batcher.busy();
    batcher.begin(new Transaction("t", 5), "t");
    batcher.change(
        keyed,
        Operation.UPDATE,
        new Object[] {1L, 1L},
        new Object[] {2L, 1L},
        "b.1",
        1,
        () -> at(1));
    batcher.change(
        keyed,
        Operation.UPDATE,
        new Object[] {2L, 1L},
        new Object[] {2L, 9L},
        "b.1",
        1,
        () -> at(1));
    batcher.idle(at(1));
    Cut cut = cut();
    assertThat(cut.rows().deletes()).isEqualTo(1);
    assertThat(cut.rows().inserts()).isEqualTo(1);
    assertThat(cut.rows().updates()).isEqualTo(1);
  }

  @Test
  void anUpdateWithoutAKeyIsADeleteAndAnInsert() throws Exception {
    Batcher batcher = batcher(new BatchConfig(Duration.ofHours(1), 1, 1 << 30));
    batcher.busy();
    batcher.begin(new Transaction("t", 5), "t");
    batcher.change(
        keyless,
        Operation.UPDATE,
        new Object[] {1L, 1L},
        new Object[] {1L, 2L},
        "b.1",
        1,
        () -> at(1));
    batcher.idle(at(1));
    Cut cut = cut();
    assertThat(cut.rows().deletes()).isEqualTo(1);
    assertThat(cut.rows().inserts()).isEqualTo(1);
  }

  @Test
  void aTransactionLargerThanABatchIsPartedAndSaysSoAndWhatCameBeforeItIsCutOff() throws Exception {
    Batcher batcher = batcher(new BatchConfig(Duration.ofHours(1), 1_000_000, 64 << 20));
    transaction(batcher, 1);
    batcher.busy();
    batcher.begin(new Transaction("big", 5), "big");
    for (int i = 0; i < 100; i++) {
      batcher.eventBytes(1 << 20);
      batcher.change(
          keyed, Operation.INSERT, null, new Object[] {(long) i, 1L}, "b.1", 50 + i, () -> at(999));
    }
    batcher.idle(at(200));
    batcher.requestCut();
    List<Cut> cuts = cuts();
    assertThat(cuts).hasSize(3);
    assertThat(cuts.get(0).rows().inserts()).isEqualTo(1);
    assertThat(cuts.get(0).insideTransaction()).isFalse();
    assertThat(cuts.get(0).position().position()).isEqualTo(1);
    assertThat(cuts.get(1).insideTransaction()).isTrue();
    assertThat(cuts.get(1).position().position()).isEqualTo(999);
    assertThat(cuts.get(2).insideTransaction()).isFalse();
    assertThat(cuts.get(1).rows().inserts() + cuts.get(2).rows().inserts()).isEqualTo(100);
    assertThat(cuts.get(2).lastSequence()).isEqualTo(101);
  }

  @Test
  void changesThatALoadHoldsAreDroppedWithoutANumber() throws Exception {
    LoadedRows loaded = (table, gtid, file, position, key) -> position <= 10;
    Batcher batcher =
        new Batcher(
            new BatchConfig(Duration.ofHours(1), 1, 1 << 30),
            handover,
            at(0),
            7,
            loaded,
            List::of,
            () -> behind);
    transaction(batcher, 5);
    transaction(batcher, 20);
    Cut cut = cut();
    assertThat(cut.rows().inserts()).isEqualTo(1);
    assertThat(cut.firstSequence()).isEqualTo(8);
  }

  /**
   * A load was interrupted and went on in a second view; the table was emptied between the two. The
   * filter looked for the key of a truncate and the pipeline could not be started any more.
   */
  @Test
  void aTruncateBetweenTwoViewsOfItsTableLoadsTheTableAgain() throws Exception {
    LoadedRows loaded =
        new LoadedRows() {
          @Override
          public boolean contain(
              TableName table,
              String gtid,
              String file,
              long position,
              Supplier<List<String>> key) {
            return key.get().get(0).isEmpty();
          }

          @Override
          public Held held(TableName table, String gtid, String file, long position) {
            return Held.SOME;
          }
        };
    Batcher batcher =
        new Batcher(
            new BatchConfig(Duration.ofHours(1), 1000, 1 << 30),
            handover,
            at(0),
            7,
            loaded,
            List::of,
            () -> behind);
    batcher.busy();
    batcher.begin(new Transaction("t5", 5), "t5");
    batcher.truncate(keyed, "binlog.000001", 5);
    batcher.idle(at(5));
    Cut cut = cut();
    assertThat(cut.rows().truncates()).isZero();
    assertThat(cut.lastSequence()).isEqualTo(7);
    assertThat(cut.reload()).containsOnlyKeys(keyed.name());
  }

  private Batcher batcher(BatchConfig config) {
    return new Batcher(config, handover, at(0), 0, LoadedRows.NONE, List::of, () -> behind);
  }

  private void transaction(Batcher batcher, int... places) throws Exception {
    batcher.busy();
    batcher.begin(new Transaction("t" + places[0], 5), "t" + places[0]);
    for (int place : places) {
      insert(batcher, place);
    }
    batcher.idle(at(places[places.length - 1]));
  }

  private void insert(Batcher batcher, int place) throws Exception {
    batcher.change(
        keyed,
        Operation.INSERT,
        null,
        new Object[] {(long) place, 1L},
        "b.1",
        place,
        () -> at(place));
  }

  private static StreamPosition at(long position) {
    return StreamPosition.of(Map.of("file", "b.1", "pos", position));
  }

  private Cut cut() throws Exception {
    return cuts().get(0);
  }

  private List<Cut> cuts() throws Exception {
    List<Cut> cuts = new ArrayList<>();
    while (!handover.isEmpty()) {
      if (handover.take() instanceof Cut cut) {
        cuts.add(cut);
      }
    }
    return cuts;
  }
}
