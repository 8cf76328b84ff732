package io.sluice.cdc.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.event.TableName;
import io.sluice.cdc.status.Finding;
import io.sluice.cdc.status.PlannedServer;
import io.sluice.cdc.status.PlannedTable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdviceTest {
  private static final String KEYLESS = "it has no primary key";
  private static final long LARGE = 5L << 30;

  @Test
  void aLargeTableInOnePieceIsWorthAWordButNotASmallOneNorOneThatCanBeCutOrIsLoaded() {
    List<Finding> advice =
        Advice.of(
            server("ON", "FULL", null),
            List.of(
                table("large", LARGE, KEYLESS, PlannedTable.State.NEW),
                table("small", 1 << 20, KEYLESS, PlannedTable.State.NEW),
                table("cut", LARGE, null, PlannedTable.State.NEW),
                table("loaded", LARGE, KEYLESS, PlannedTable.State.LOADED)),
            List.of());
    assertThat(advice)
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.problem())
                    .contains("Table shop.large of about 5120 MiB", KEYLESS, "ALTER"));
  }

  @Test
  void settingsThatCostLaterAreNamed() {
    assertThat(Advice.of(server("OFF", "MINIMAL", Duration.ofHours(2)), List.of(), List.of()))
        .extracting(Finding::problem)
        .satisfiesExactly(
            p -> assertThat(p).startsWith("binlog_row_metadata is MINIMAL"),
            p -> assertThat(p).startsWith("gtid_mode is OFF"),
            p -> assertThat(p).contains("only 120 minutes"));
    assertThat(Advice.of(server("ON", "", Duration.ofDays(7)), List.of(), List.of())).isEmpty();
  }

  private static PlannedServer server(String gtid, String metadata, @Nullable Duration retention) {
    return new PlannedServer(
        "db:3306", "8.0.15", "uuid", gtid, "ROW", "FULL", metadata, retention, null);
  }

  private static PlannedTable table(
      String name, long bytes, @Nullable String oneChunkBecause, PlannedTable.State state) {
    return new PlannedTable(
        new TableName("shop", name),
        state,
        0,
        bytes / 100,
        bytes,
        List.of(),
        1,
        oneChunkBecause,
        List.of());
  }
}
