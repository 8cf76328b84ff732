package io.sluice.cdc.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HandoverTest {
  private record Piece(String name, long bytes) implements Handover.Item {}

  @Test
  void aSlowTakerHoldsTheGiverBack() throws Exception {
    Handover handover = new Handover(100);
    handover.put(new Piece("a", 60));
    CompletableFuture<Void> second =
        CompletableFuture.runAsync(() -> put(handover, new Piece("b", 60)));
    await().until(handover::isBlocking);
    assertThat(second).isNotDone();
    assertThat(handover.take()).isEqualTo(new Piece("a", 60));
    assertThat(handover.isBlocking()).as("the taker still has it").isTrue();
    assertThat(handover.take()).isEqualTo(new Piece("b", 60));
    second.get(10, TimeUnit.SECONDS);
  }

  @Test
  void anItemLargerThanTheBoundPassesWhenNothingElseWaits() throws Exception {
    Handover handover = new Handover(100);
    handover.put(new Piece("huge", 1_000));
    assertThat(handover.take()).isEqualTo(new Piece("huge", 1_000));
  }

  @Test
  void closingWakesWhoWaitsAndDropsWhatWaits() throws Exception {
    Handover handover = new Handover(100);
    handover.put(new Piece("a", 100));
    CompletableFuture<Void> waiting =
        CompletableFuture.runAsync(() -> put(handover, new Piece("b", 1)));
    await().until(handover::isBlocking);
    handover.close();
    await().until(waiting::isDone);
    assertThat(waiting).isCompletedExceptionally();
    assertThat(handover.take()).isNull();
  }

  private static void put(Handover handover, Piece piece) {
    try {
      handover.put(piece);
    } catch (InterruptedException e) {
      throw new java.util.concurrent.CompletionException(new ExecutionException(e));
    }
  }
}
