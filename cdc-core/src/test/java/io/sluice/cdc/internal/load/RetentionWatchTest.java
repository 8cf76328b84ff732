package io.sluice.cdc.internal.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.error.SourceException;
import io.sluice.cdc.event.SourcePosition;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.internal.mysql.ServerFacts;
import io.sluice.cdc.status.LoadProgress;
import io.sluice.cdc.status.TableProgress;
import io.sluice.cdc.testkit.DisposableMySql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A load that outlives the binlog says so early, and is never wrong. */
class RetentionWatchTest {
  @ParameterizedTest(name = "GTID {0}")
  @ValueSource(booleans = {true, false})
  void itStopsWhenTheStartOfTheStreamIsPurged(boolean gtid) throws Exception {
    try (DisposableMySql server = DisposableMySql.builder().gtid(gtid).open();
        Connection connection = server.connect()) {
      SourcePosition start = position(connection);
      server.execute("CREATE DATABASE d", "FLUSH BINARY LOGS");
      RetentionWatch watch =
          new RetentionWatch(
              connection, start, () -> LoadProgress.NONE, LoadListener.NONE, Duration.ZERO);
      watch.check();
      server.execute("PURGE BINARY LOGS TO '" + position(connection).binlogFile() + "'");
      assertThatThrownBy(watch::check)
          .isInstanceOf(SourceException.class)
          .hasMessageContaining(start.binlogFile())
          .hasMessageContaining("has been purged")
          .hasMessageContaining("binlog_expire_logs_seconds");
    }
  }

  @ParameterizedTest(name = "{0} s gone")
  @ValueSource(ints = {30, 70})
  void itWarnsOnceWhenThePredictedEndIsTooLate(int elapsed) throws Exception {
    List<Duration> warnings = new ArrayList<>();
    LoadListener listener =
        new LoadListener() {
          @Override
          public void retentionAtRisk(Duration kept, Duration predicted) {
            warnings.add(predicted);
          }
        };
    try (DisposableMySql server =
            DisposableMySql.builder().options("--binlog-expire-logs-seconds=600").open();
        Connection connection = server.connect()) {
      TableName table = new TableName("d", "t");
      TableProgress tenth = new TableProgress(table, 100, 1000, 1000, 10_000, false);
      LoadProgress progress =
          new LoadProgress(List.of(tenth), Duration.ofSeconds(elapsed), Duration.ZERO);
      RetentionWatch watch =
          new RetentionWatch(
              connection, position(connection), () -> progress, listener, Duration.ZERO);
      watch.check();
      watch.check();
    }
    assertThat(warnings)
        .isEqualTo(elapsed < 48 ? List.of() : List.of(Duration.ofSeconds(elapsed * 10L)));
  }

  private static SourcePosition position(Connection connection) throws SQLException {
    return ServerFacts.read(connection).position(connection);
  }
}
