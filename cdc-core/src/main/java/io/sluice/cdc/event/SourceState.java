package io.sluice.cdc.event;

import java.util.Map;

/**
 * Where the stream goes on.
 *
 * @param position the position as people and other tools read it; in the middle of a transaction it
 *     is the position before that transaction
 * @param engineOffset the binlog engine's own offset map, opaque; values are texts, whole numbers
 *     or booleans
 */
public record SourceState(SourcePosition position, Map<String, Object> engineOffset) {
  /** Copies the map. */
  public SourceState {
    engineOffset = Map.copyOf(engineOffset);
  }
}
