package io.sluice.cdc.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.error.StateException;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.sink.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reading the commit log from beside the pipeline. */
class ReadLogTest {
  private final Lake lake = new Lake();
  private final TableSchema orders = Rows.table("shop", "orders");
  private final List<LoggedCommit> seen = new ArrayList<>();

  @Test
  void tellsEveryCommitAfterANumberAndFencesNobody() throws Exception {
    try (S3Sink writer = lake.sink();
        S3Sink reader = lake.sink()) {
      writer.open(Rows.PIPELINE);
      commit(writer, 1);
      assertThat(reader.readLog(Rows.PIPELINE, 0, seen::add)).isEqualTo(2);
      commit(writer, 11);
      assertThat(reader.readLog(Rows.PIPELINE, 2, seen::add)).isEqualTo(3);
      assertThat(reader.readLog(Rows.PIPELINE, 3, seen::add)).isEqualTo(3);
    }
    assertThat(seen).extracting(LoggedCommit::commit).containsExactly(2L, 3L);
    LoggedCommit first = seen.get(0);
    assertThat(first.structures()).containsExactly(new LoggedCommit.Structure(1, orders));
    assertThat(seen.get(1).structures()).isEmpty();
    LoggedCommit.File file = first.files().get(0);
    assertThat(file.table()).isEqualTo(orders.table());
    assertThat(file.rows()).isEqualTo(10);
    assertThat(file.firstSequence()).isEqualTo(1);
    assertThat(file.lastSequence()).isEqualTo(10).isEqualTo(first.lastSequence());
    assertThat(file.load()).isFalse();
  }

  @Test
  void beginsWithTheFirstRecordThatIsThereButSuffersNoHole() throws Exception {
    try (S3Sink sink = lake.sink()) {
      sink.open(Rows.PIPELINE);
      for (int i = 1; i <= 40; i += 10) {
        commit(sink, i);
      }
      delete(1);
      delete(2);
      assertThat(sink.readLog(Rows.PIPELINE, 0, seen::add)).isEqualTo(5);
      assertThat(seen).extracting(LoggedCommit::commit).containsExactly(3L, 4L, 5L);
      delete(4);
      assertThatThrownBy(() -> sink.readLog(Rows.PIPELINE, 0, seen::add))
          .isInstanceOf(StateException.class)
          .hasMessageContaining("has a hole");
    }
  }

  private void commit(S3Sink sink, int first) throws Exception {
    Stage stage = sink.stage();
    stage.write(Rows.changes(orders, first, first + 9));
    S3SinkTest.commit(sink, stage, Rows.request(first, first + 9));
  }

  private void delete(int commit) throws Exception {
    Path log = lake.finalFolder().resolve("raw/_sluice/shop/log");
    Files.delete(log.resolve("0000000000000000000" + commit + ".json"));
  }
}
