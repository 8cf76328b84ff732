package io.sluice.cdc.internal.binlog;

import io.sluice.cdc.event.SourcePosition;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the stream is, cheap to take.
 *
 * @param engineOffset the engine's offset map, to go on from here
 */
public record StreamPosition(Map<String, Object> engineOffset) {
  /** A position of the server, between two transactions. */
  public static StreamPosition of(SourcePosition position) {
    Map<String, Object> offset = new LinkedHashMap<>();
    offset.put("file", position.binlogFile());
    offset.put("pos", position.binlogPosition());
    if (position.gtidSet() != null) {
      offset.put("gtids", position.gtidSet());
    }
    return new StreamPosition(offset);
  }

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
