package io.sluice.cdc.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryEntryTest {
  @Test
  void aLaterEntryTakesThePlaceOfAnEarlierOneAndAnEmptyOneRemovesIt() {
    Map<String, String> history = new LinkedHashMap<>();
    HistoryEntry.add(history, List.of(text("a", "1"), text("b", "x\ny"), text("a", "2")));
    assertThat(history.values()).containsExactly(text("a", "2"), text("b", "x\ny"));
    HistoryEntry.add(history, List.of(text("a", ""), text("c", "3"), text("never", "")));
    assertThat(history).containsOnlyKeys("b", "c");
    assertThat(HistoryEntry.of(text("b", "x\ny"))).isEqualTo(new HistoryEntry("b", "x\ny"));
  }

  @Test
  void anEntryWithoutANameIsItsOwnName() {
    Map<String, String> history = new LinkedHashMap<>();
    HistoryEntry.add(history, List.of("ddl 1", "ddl 2"));
    assertThat(history.values()).containsExactly("ddl 1", "ddl 2");
  }

  @Test
  void aNameThatCouldNotBeReadBackIsRefused() {
    assertThatThrownBy(() -> new HistoryEntry("a\nb", "")).hasMessageContaining("line break");
  }

  private static String text(String name, String content) {
    return new HistoryEntry(name, content).text();
  }
}
