package io.sluice.cdc.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.error.StateException;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.sink.Stage;
import io.sluice.cdc.testkit.FaultProxy;
import io.sluice.cdc.testkit.fault.Fault;
import io.sluice.cdc.testkit.fault.FaultRule;
import io.sluice.cdc.testkit.fault.RequestMatch;
import io.sluice.cdc.testkit.fault.S3Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sink does with state that is damaged, missing or from the future. */
class StateTest {
  private static final String LOG_3 = "raw/_sluice/shop/log/00000000000000000003.json";

  private final Lake lake = new Lake();
  private final TableSchema orders = Rows.table("shop", "orders");

  @BeforeEach
  void threeCommits() throws Exception {
    try (S3Sink sink = lake.sink()) {
      sink.open(Rows.PIPELINE);
      for (int i = 1; i <= 30; i += 10) {
        Stage stage = sink.stage();
        stage.write(Rows.changes(orders, i, i + 9));
        S3SinkTest.commit(sink, stage, Rows.request(i, i + 9));
      }
    }
  }

  @Test
  void f14aRecordWithAFlippedBitIsNamedAndNothingIsDone() throws Exception {
    Path record = lake.finalFolder().resolve(LOG_3);
    byte[] bytes = Files.readAllBytes(record);
    bytes[bytes.length / 2] ^= 1;
    Files.write(record, bytes);
    refusedWith("is damaged", "its checksum does not match", "Restore this object");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 40, 400})
  void f14aRecordThatWasCutIsNamedAndNothingIsDone(int length) throws Exception {
    Path record = lake.finalFolder().resolve(LOG_3);
    Files.write(record, Arrays.copyOf(Files.readAllBytes(record), length));
    refusedWith("is damaged", "Restore this object");
  }

  @Test
  void f14whatWasDamagedOnTheWayIsFetchedAgain() throws Exception {
    try (FaultProxy proxy = FaultProxy.open(Lake.server());
        S3Sink sink = lake.builder(proxy.endpoint()).build()) {
      RequestMatch read = RequestMatch.of(S3Operation.GET_OBJECT).key(".*/log/.*");
      FaultRule flip = proxy.add(read.nth(1), Fault.flipBit(100));
      FaultRule cut = proxy.add(read.nth(2), Fault.truncateBody(50));
      assertThat(sink.open(Rows.PIPELINE).lastSequence()).isEqualTo(30);
      assertThat(flip.fired() + cut.fired()).isEqualTo(2);
    }
  }

  @Test
  void f14whatIsAlwaysDamagedOnTheWayIsNamed() {
    try (FaultProxy proxy = FaultProxy.open(Lake.server());
        S3Sink sink = lake.builder(proxy.endpoint()).build()) {
      proxy.add(RequestMatch.of(S3Operation.GET_OBJECT).key(".*/log/.*3.json"), Fault.flipBit(100));
      assertThatThrownBy(() -> sink.open(Rows.PIPELINE))
          .isInstanceOf(StateException.class)
          .hasMessageContaining(LOG_3)
          .hasMessageContaining("is damaged");
    }
    assertThat(lake.state("log")).hasSize(4);
  }

  @Test
  void f15aMissingRecordIsNamedWithTheStepsToTake() throws Exception {
    Files.delete(lake.finalFolder().resolve(LOG_3));
    refusedWith("The commit log has a hole", "is missing", "Restore that object");
  }

  @Test
  void f15aMissingLastRecordIsNoticedByWhatCameAfterIt() throws Exception {
    String last = "raw/_sluice/shop/log/00000000000000000004.json";
    Files.delete(lake.finalFolder().resolve(last));
    assertThatThrownBy(() -> open())
        .isInstanceOf(StateException.class)
        .hasMessageContaining("s3://" + lake.finalBucket + "/" + last + " is missing")
        .hasMessageContaining("commit 4 is known to exist");
  }

  @Test
  void f44aRecordOfAFutureFormatIsNamed() throws Exception {
    Path record = lake.finalFolder().resolve(LOG_3);
    Files.writeString(record, Files.readString(record).replace("{\"format\":1", "{\"format\":3"));
    refusedWith(
        "has state format 3", "knows formats up to 2", "Start the version of Sluice that wrote it");
  }

  @Test
  void aStagedFileThatVanishedBeforeItsPromotionIsNamed() throws Exception {
    try (FaultProxy proxy = FaultProxy.open(Lake.server())) {
      proxy.add(RequestMatch.of(S3Operation.COPY_OBJECT), Fault.accessDenied());
      S3Sink sink = lake.builder(proxy.endpoint()).build();
      sink.open(Rows.PIPELINE);
      Stage stage = sink.stage();
      stage.write(Rows.changes(orders, 31, 40));
      S3SinkTest.commit(sink, stage, Rows.request(31, 40));
      sink.close();
    }
    String staged = lake.staged().get(0);
    Files.delete(lake.temporaryFolder().resolve(staged));
    assertThatThrownBy(() -> open())
        .isInstanceOf(StateException.class)
        .hasMessageContaining(
            "Commit 6 of pipeline shop lists the staged file s3://"
                + lake.temporaryBucket
                + "/"
                + staged)
        .hasMessageContaining("lifecycle rule");
  }

  private void refusedWith(String... words) throws Exception {
    int before = lake.state("log").size();
    assertThatThrownBy(() -> open())
        .isInstanceOf(StateException.class)
        .hasMessageContaining("s3://" + lake.finalBucket + "/" + LOG_3)
        .hasMessageContainingAll(words);
    assertThat(lake.state("log")).hasSize(before);
    assertThat(lake.data()).hasSize(3);
  }

  private void open() throws Exception {
    try (S3Sink sink = lake.sink()) {
      sink.open(Rows.PIPELINE);
    }
  }
}
