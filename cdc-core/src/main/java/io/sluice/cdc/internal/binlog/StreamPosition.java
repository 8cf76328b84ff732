package io.sluice.cdc.internal.binlog;

import java.util.Map;

/**
 * Where the stream is, cheap to take.
 *
 * @param engineOffset the engine's offset map, to go on from here
 */
public record StreamPosition(Map<String, Object> engineOffset) {
  /** The binlog file. */
  public String file() {
    return String.valueOf(engineOffset.get("file"));
  }

  /** The position in the file. */
  public long position() {
    return ((Number) engineOffset.getOrDefault("pos", 0L)).longValue();
  }

  /** Whether it is in the middle of a transaction. */
  public boolean insideTransaction() {
    return engineOffset.containsKey("event") || engineOffset.containsKey("row");
  }
}
