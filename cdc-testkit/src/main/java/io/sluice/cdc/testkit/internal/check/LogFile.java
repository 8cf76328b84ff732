package io.sluice.cdc.testkit.internal.check;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/** A file as a commit lists it. */
@JsonIgnoreProperties(ignoreUnknown = true)
record LogFile(
    String database,
    String table,
    String kind,
    String key,
    long rows,
    long bytes,
    String checksum,
    int schema,
    long firstSequence,
    long lastSequence,
    @Nullable String dt) {
  static final String LOAD = "load";
  static final String CHANGE = "change";

  boolean isLoad() {
    return kind.equals(LOAD);
  }

  TableId tableId() {
    return new TableId(database, table);
  }
}
