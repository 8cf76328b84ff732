package io.sluice.cdc.internal.binlog;

import io.debezium.config.Configuration;
import io.debezium.document.DocumentReader;
import io.debezium.document.DocumentWriter;
import io.debezium.relational.history.AbstractSchemaHistory;
import io.debezium.relational.history.HistoryRecord;
import io.debezium.relational.history.HistoryRecordComparator;
import io.debezium.relational.history.SchemaHistoryException;
import io.debezium.relational.history.SchemaHistoryListener;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The engine's schema history, kept where everything is kept: read from the last committed state,
 * new entries go into the next commit. Public because the engine makes it by name.
 */
public final class LaneSchemaHistory extends AbstractSchemaHistory {
  private @Nullable LaneContext lane;

  @Override
  public void configure(
      Configuration config,
      HistoryRecordComparator comparator,
      SchemaHistoryListener listener,
      boolean useCatalogBeforeSchema) {
    super.configure(config, comparator, listener, useCatalogBeforeSchema);
    lane = LaneContext.of(config.getString(LaneContext.HISTORY_PROPERTY));
  }

  @Override
  protected void storeRecord(HistoryRecord record) {
    try {
      lane().addHistory(DocumentWriter.defaultWriter().write(record.document()));
    } catch (IOException e) {
      throw new SchemaHistoryException("A schema history entry cannot be written as text", e);
    }
  }

  @Override
  protected void recoverRecords(Consumer<HistoryRecord> records) {
    for (String entry : lane().history()) {
      try {
        records.accept(new HistoryRecord(DocumentReader.defaultReader().read(entry)));
      } catch (IOException e) {
        throw new SchemaHistoryException("A schema history entry in the state is damaged", e);
      }
    }
  }

  @Override
  public boolean exists() {
    return !lane().history().isEmpty();
  }

  @Override
  public boolean storageExists() {
    return true;
  }

  private LaneContext lane() {
    if (lane == null) {
      throw new IllegalStateException("not configured");
    }
    return lane;
  }
}
