package io.sluice.cdc.internal.pipeline;

import io.sluice.cdc.event.Operation;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.Transaction;
import io.sluice.cdc.internal.batch.Batcher;
import io.sluice.cdc.internal.binlog.ChangeReceiver;
import io.sluice.cdc.internal.binlog.StreamPosition;
import io.sluice.cdc.internal.binlog.StreamTable;
import io.sluice.cdc.internal.binlog.StructureChange;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands where the batcher will be: the engine is started before the load, the batcher is made
 * after it, because it goes on from the load's numbers. Nothing passes before it is open.
 */
final class StreamDoor implements ChangeReceiver {
  private volatile @Nullable Batcher batcher;

  void open(Batcher target) {
    batcher = target;
  }

  private Batcher batcher() {
    Batcher target = batcher;
    if (target == null) {
      throw new IllegalStateException("rows arrived before the stream was opened");
    }
    return target;
  }

  @Override
  public void busy() {
    batcher().busy();
  }

  @Override
  public void begin(Transaction transaction, @Nullable String gtid) {
    batcher().begin(transaction, gtid);
  }

  @Override
  public void change(
      StreamTable table,
      Operation operation,
      Object @Nullable [] before,
      Object @Nullable [] after,
      String file,
      long position,
      Supplier<StreamPosition> here)
      throws InterruptedException {
    batcher().change(table, operation, before, after, file, position, here);
  }

  @Override
  public void truncate(StreamTable table, String file, long position) throws InterruptedException {
    batcher().truncate(table, file, position);
  }

  @Override
  public void structure(StreamTable table, StructureChange change, String file, long position) {
    batcher().structure(table, change, file, position);
  }

  @Override
  public void gone(TableName table, @Nullable StreamTable known, String file, long position) {
    batcher().gone(table, known, file, position);
  }

  @Override
  public boolean stale(TableName table, String reason, boolean known, String file, long position) {
    return batcher().stale(table, reason, known, file, position);
  }

  @Override
  public void idle(StreamPosition position) throws InterruptedException {
    batcher().idle(position);
  }

  @Override
  public void eventBytes(long bytes) {
    batcher().eventBytes(bytes);
  }
}
