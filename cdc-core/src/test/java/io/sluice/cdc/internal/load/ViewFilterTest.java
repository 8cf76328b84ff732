package io.sluice.cdc.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.event.LoadState;
import io.sluice.cdc.event.LoadView;
import io.sluice.cdc.event.LoadedRange;
import io.sluice.cdc.event.SourcePosition;
import io.sluice.cdc.event.TableLoad;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.internal.mysql.MySqlConnections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewFilterTest {
  private static final String UUID = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
  private static final TableName TABLE = new TableName("shop", "orders");

  @Test
  void aChangeOfTheWholeTableMayBeInSomeOfItsViewsOnly() {
    ViewFilter filter =
        filter(new LoadedRange(1, null, List.of("50")), new LoadedRange(2, List.of("50"), null));
    assertThat(filter.share(TABLE, UUID + ":5", "binlog.000001", 5)).isEqualTo(1);
    assertThat(filter.share(TABLE, UUID + ":15", "binlog.000001", 15)).isEqualTo(0.5);
    assertThat(filter.share(TABLE, UUID + ":25", "binlog.000001", 25)).isZero();
    assertThat(filter.share(new TableName("shop", "other"), UUID + ":5", "binlog.000001", 5))
        .isZero();
  }

  @Test
  void aTableThatIsLoadedInPartIsNeverInItsViewsAsAWhole() {
    ViewFilter filter = filter(new LoadedRange(1, null, List.of("50")));
    assertThat(filter.share(TABLE, UUID + ":5", "binlog.000001", 5)).isEqualTo(0.5);
  }

  private static ViewFilter filter(LoadedRange... ranges) {
    LoadState state =
        new LoadState(
            List.of(view(1, 10), view(2, 20)),
            List.of(new TableLoad(TABLE, true, List.of(ranges), 100, 100)));
    SourceConfig nowhere =
        SourceConfig.builder().host("nowhere").user("nobody").include("shop.*").build();
    return new ViewFilter(state, List.of(), new MySqlConnections(nowhere));
  }

  private static LoadView view(int number, int transactions) {
    return new LoadView(
        number,
        number,
        new SourcePosition("binlog.000001", transactions, UUID + ":1-" + transactions, UUID),
        0);
  }
}
