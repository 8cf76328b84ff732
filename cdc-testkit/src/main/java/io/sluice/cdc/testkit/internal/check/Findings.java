package io.sluice.cdc.testkit.internal.check;

import io.sluice.cdc.testkit.check.Difference;
import java.util.ArrayList;
import java.util.List;

/** Collects differences: counts all, keeps the first. */
public final class Findings {
  private final int keep;
  private final List<Difference> first = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private long count;

  public Findings(int keep) {
    this.keep = keep;
  }

  /** Something is wrong with a file or a record. */
  void add(String key, String expected, String found) {
    add(new Difference("", key, "", expected, found));
  }

  void add(Difference difference) {
    count++;
    if (first.size() < keep) {
      first.add(difference);
    }
  }

  /** Counts differences that nobody will read one by one. */
  void addUnseen(long more) {
    count += more;
  }

  void note(String text) {
    notes.add(text);
  }

  /** How many more are worth describing. */
  int room() {
    return keep - first.size();
  }

  public long count() {
    return count;
  }

  public List<Difference> first() {
    return first;
  }

  public List<String> notes() {
    return notes;
  }
}
