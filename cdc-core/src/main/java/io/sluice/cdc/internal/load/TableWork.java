package io.sluice.cdc.internal.load;

import io.sluice.cdc.event.LoadedRange;
import io.sluice.cdc.event.TableLoad;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.internal.mysql.TableSizes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One table to load: its spans in key order, and how far it is. Finished neighbours are joined, so
 * that the list stays as short as the number of readers. Spans are guarded by the {@link LoadPlan}.
 */
final class TableWork {
  private static final long HUGE_ROW_BYTES = 4L << 20;

  private final TableSchema schema;
  private final @Nullable Key key;
  private final String keyOrder;
  private final TableSizes size;
  private final long rowsBefore;
  private final long bytesBefore;
  private final List<Span> spans;
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  /**
   * @param keyOrder how the key compares
   * @param before what earlier starts have loaded, or null
   */
  TableWork(
      TableSchema schema,
      @Nullable Key key,
      String keyOrder,
      TableSizes size,
      @Nullable TableLoad before) {
    this.schema = schema;
    this.key = key;
    this.keyOrder = keyOrder;
    this.size = size;
    this.rowsBefore = before == null ? 0 : before.rows();
    this.bytesBefore = before == null ? 0 : before.bytes();
    this.spans = spans(before == null ? List.of() : before.ranges());
  }

  /** What was loaded before, and the gaps between. */
  private static List<Span> spans(List<LoadedRange> loaded) {
    List<Span> spans = new ArrayList<>();
    List<String> end = null;
    boolean open = true;
    for (LoadedRange range : loaded) {
      if (range.after() != null && !range.after().equals(end)) {
        spans.add(Span.open(end, range.after()));
      }
      spans.add(Span.done(range.after(), range.upTo(), range.view()));
      end = range.upTo();
      open = end != null;
    }
    if (open) {
      spans.add(Span.open(end, null));
    } else if (spans.stream().allMatch(s -> s.state() == Span.State.DONE)) {
      reopen(spans);
    }
    return spans;
  }

  /**
   * A load that was cut short between its last rows and saying that it is done has nothing left to
   * read; an empty span makes it say so.
   */
  private static void reopen(List<Span> spans) {
    List<String> bound = spans.get(0).upTo();
    if (bound != null) {
      spans.add(1, Span.open(bound, bound));
    }
  }

  TableSchema schema() {
    return schema;
  }

  TableName name() {
    return schema.table();
  }

  /** The key to cut along, or null when the table is read in one piece. */
  @Nullable Key key() {
    return key;
  }

  /** Rows in all by the server's statistics. */
  long estimatedRows() {
    return size.rows();
  }

  long estimatedBytes() {
    return size.bytes();
  }

  /** Rows that this run has to read, by the server's statistics. */
  long rowsToRead() {
    return Math.max(0, size.rows() - rowsBefore);
  }

  long bytesToRead() {
    return Math.max(0, size.bytes() - bytesBefore);
  }

  /** Rows read in this run. */
  long rows() {
    return rows.get();
  }

  /** Bytes of values read in this run. */
  long bytes() {
    return bytes.get();
  }

  void count(long moreRows, long moreBytes) {
    rows.addAndGet(moreRows);
    bytes.addAndGet(moreBytes);
  }

  /** How many bytes a row has, as measured or else as the server says; at least 1. */
  long rowBytes() {
    long read = rows.get();
    if (read >= 1000) {
      return Math.max(1, bytes.get() / read);
    }
    return size.rows() == 0 ? 100 : Math.max(1, size.bytes() / size.rows());
  }

  /** Whether a few rows fill the memory, so that only one reader may be at such tables at once. */
  boolean hasHugeRows() {
    return size.rows() > 0 && size.bytes() / size.rows() > HUGE_ROW_BYTES;
  }

  List<Span> spans() {
    return spans;
  }

  boolean isDone() {
    return spans.stream().allMatch(s -> s.state() == Span.State.DONE);
  }

  /** Puts a span behind another. */
  void insertAfter(Span span, Span next) {
    spans.add(spans.indexOf(span) + 1, next);
  }

  /** Joins finished neighbours of one view. */
  void join() {
    for (int i = spans.size() - 2; i >= 0; i--) {
      Span a = spans.get(i);
      Span b = spans.get(i + 1);
      if (a.state() == Span.State.DONE && b.isDoneIn(a.view())) {
        spans.set(i, Span.done(a.after(), b.upTo(), a.view()));
        spans.remove(i + 1);
      }
    }
  }

  /** The progress to commit. */
  TableLoad progress(long rowsInAll, long bytesInAll) {
    List<LoadedRange> ranges =
        spans.stream()
            .filter(s -> s.state() == Span.State.DONE)
            .map(s -> new LoadedRange(s.view(), s.after(), s.upTo()))
            .toList();
    boolean bounded = ranges.stream().anyMatch(r -> r.after() != null || r.upTo() != null);
    return new TableLoad(
        name(), isDone(), ranges, rowsInAll, bytesInAll, bounded ? keyOrder : null);
  }
}
