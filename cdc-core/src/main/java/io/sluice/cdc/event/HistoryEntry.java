package io.sluice.cdc.event;

import java.util.List;
import java.util.Map;

/**
 * An entry of the schema history: what is known under a name. A later entry takes the place of an
 * earlier one of the same name, so that the history is as long as there are names, not as there
 * were statements.
 *
 * @param name what it is about; without line breaks
 * @param content opaque; empty when nothing is known any more
 */
public record HistoryEntry(String name, String content) {
  private static final char BREAK = '\n';

  /** Refuses a name that could not be read back. */
  public HistoryEntry {
    if (name.indexOf(BREAK) >= 0) {
      throw new IllegalArgumentException("'" + name + "' holds a line break");
    }
  }

  /** Reads a text; one without a line break is its own name. */
  public static HistoryEntry of(String text) {
    int end = text.indexOf(BREAK);
    return end < 0
        ? new HistoryEntry(text, text)
        : new HistoryEntry(text.substring(0, end), text.substring(end + 1));
  }

  /** The entry as one text: its name, a line break, its content. */
  public String text() {
    return name + BREAK + content;
  }

  /** Lets the texts of new entries take their places in a history by name. */
  public static void add(Map<String, String> history, List<String> texts) {
    for (String text : texts) {
      HistoryEntry entry = of(text);
      if (entry.content.isEmpty()) {
        history.remove(entry.name);
      } else {
        history.put(entry.name, text);
      }
    }
  }
}
