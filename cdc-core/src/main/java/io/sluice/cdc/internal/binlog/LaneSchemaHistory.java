package io.sluice.cdc.internal.binlog;

import io.debezium.config.Configuration;
import io.debezium.relational.Tables;
import io.debezium.relational.ddl.DdlParser;
import io.debezium.relational.history.AbstractSchemaHistory;
import io.debezium.relational.history.HistoryRecord;
import io.debezium.relational.history.HistoryRecordComparator;
import io.debezium.relational.history.SchemaHistoryListener;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The engine's schema history, kept where everything is kept. It is read from the last committed
 * state; {@link LaneSchema} notes what changes. Public because the engine makes it by name.
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
  public void recover(
      Map<Map<String, ?>, Map<String, ?>> offsets, Tables tables, DdlParser parser) {
    lane().history().recover(tables);
  }

  @Override
  protected void storeRecord(HistoryRecord record) {
    throw new IllegalStateException("LaneSchema stores entries by name");
  }

  @Override
  protected void recoverRecords(Consumer<HistoryRecord> records) {
    throw new IllegalStateException("entries are read by name");
  }

  @Override
  public boolean exists() {
    return true;
  }

  @Override
  public boolean storageExists() {
    return true;
  }

  private LaneContext lane() {
    return Objects.requireNonNull(lane, "not configured");
  }
}
