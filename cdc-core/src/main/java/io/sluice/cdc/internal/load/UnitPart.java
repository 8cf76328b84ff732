package io.sluice.cdc.internal.load;

import java.util.ArrayList;
import java.util.List;

/** What one unit holds of one table. Used by one thread. */
final class UnitPart {
  private final List<Span> spans = new ArrayList<>();
  private long rows;
  private long bytes;

  List<Span> spans() {
    return spans;
  }

  long rows() {
    return rows;
  }

  long bytes() {
    return bytes;
  }

  void add(Span span) {
    spans.add(span);
  }

  void count(long moreRows, long moreBytes) {
    rows += moreRows;
    bytes += moreBytes;
  }
}
