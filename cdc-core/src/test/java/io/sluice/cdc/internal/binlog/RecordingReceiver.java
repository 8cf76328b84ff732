package io.sluice.cdc.internal.binlog;

import io.sluice.cdc.event.Operation;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes down what the lane says, one line a call, and keeps the positions. */
final class RecordingReceiver implements ChangeReceiver {
  final List<String> lines = new CopyOnWriteArrayList<>();
  final List<Transaction> transactions = new CopyOnWriteArrayList<>();
  final List<StreamPosition> inside = new CopyOnWriteArrayList<>();
  final List<Object[]> images = new ArrayList<>();
  volatile @Nullable StreamPosition idle;

  @Override
  public void busy() {}

  @Override
  public void begin(Transaction transaction, @Nullable String gtid) {
    transactions.add(transaction);
    lines.add("begin");
  }

  @Override
  public void change(
      StreamTable table,
      Operation operation,
      Object @Nullable [] before,
      Object @Nullable [] after,
      String file,
      long position,
      Supplier<StreamPosition> here) {
    lines.add(operation + " " + table.name() + " " + key(before) + " " + key(after));
    inside.add(here.get());
    if (after != null) {
      images.add(after);
    }
  }

  @Override
  public void truncate(StreamTable table, String file, long position) {
    lines.add("TRUNCATE " + table.name());
  }

  @Override
  public void structure(StreamTable table, StructureChange change, String file, long position) {
    lines.add(
        change.name().toLowerCase(Locale.ROOT)
            + " "
            + table.name()
            + " "
            + table.schema().columns().size());
  }

  @Override
  public void gone(TableName table, @Nullable StreamTable known, String file, long position) {
    lines.add("gone " + table + (known == null ? " unknown" : ""));
  }

  @Override
  public boolean stale(TableName table, String reason, boolean known, String file, long position) {
    lines.add("stale " + table);
    return true;
  }

  @Override
  public void idle(StreamPosition position) {
    idle = position;
    if (!lines.isEmpty() && !lines.get(lines.size() - 1).equals("idle")) {
      lines.add("idle");
    }
  }

  @Override
  public void awaitRoom(long bytes) {}

  @Override
  public void eventBytes(long bytes) {}

  private static String key(Object @Nullable [] row) {
    return row == null ? "-" : String.valueOf(row[0]);
  }
}
