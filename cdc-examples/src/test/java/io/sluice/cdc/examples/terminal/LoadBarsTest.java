package io.sluice.cdc.examples.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.event.TableName;
import io.sluice.cdc.status.LoadProgress;
import io.sluice.cdc.status.TableProgress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadBarsTest {
  @Test
  void aBarForAllAndOneForEachTableThatIsBeingRead() {
    LoadProgress load =
        load(
            table("orders", 500_000, 1_000_000, false),
            table("a_table_with_quite_a_long_name", 10, 40, false),
            table("done", 1000, 900, true),
            table("waiting", 0, 2_000_000, false));
    assertThat(LoadBars.lines(load))
        .containsExactly(
            "load 1/4 tables      [=         ]  16% 501k/3001k 47 MiB 50101/s, 49s left",
            "shop.orders          [=====     ]  50% 500k/1000k 47 MiB",
            "shop.a_table_with_q~ [==        ]  25% 10/40 0 KiB")
        .allMatch(line -> line.length() < 80);
  }

  @Test
  void aLineTellsRowsBytesSpeedTimeLeftAndTheTablesThatAreBeingRead() {
    LoadProgress load =
        load(table("orders", 500_000, 1_000_000, false), table("done", 1000, 900, true));
    assertThat(StatusText.loading(load, 50_100))
        .isEqualTo(
            "loading: 501,000 of about 1,001,000 rows, 47 MiB of about 95 MiB, 50,100 rows/s, 9s left, 1 of 2 tables"
                + " done; shop.orders 50 %");
  }

  @Test
  void theBarsStayInTheirPlaceWhenOneOfThemIsDone() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LoadBars bars = new LoadBars(new PrintStream(out, true, StandardCharsets.UTF_8));
    bars.show(load(table("a", 1, 2, false), table("b", 1, 2, false)));
    bars.close(load(table("a", 2, 2, true), table("b", 1, 2, false)));
    String text = out.toString(StandardCharsets.UTF_8);
    // Three lines, back to the first, two lines and an empty one, back behind the two.
    List<String> moves = new ArrayList<>();
    java.util.regex.Matcher move = java.util.regex.Pattern.compile("\u001b\\[(\\d)A").matcher(text);
    while (move.find()) {
      moves.add(move.group(1));
    }
    assertThat(moves).containsExactly("3", "1");
    assertThat(text.chars().filter(c -> c == '\n').count()).isEqualTo(6);
  }

  private static LoadProgress load(TableProgress... tables) {
    return new LoadProgress(List.of(tables), Duration.ofSeconds(10), Duration.ZERO);
  }

  private static TableProgress table(String name, long rows, long estimate, boolean done) {
    return new TableProgress(
        new TableName("shop", name), rows, rows * 100, estimate, estimate * 100, done);
  }
}
