package io.sluice.cdc.internal.pipeline;

import io.sluice.cdc.event.GtidSet;
import io.sluice.cdc.event.SourcePosition;
import io.sluice.cdc.event.SourceState;
import io.sluice.cdc.internal.binlog.StreamPosition;

/** Compares and converts positions. */
final class Positions {
  private Positions() {}

  static SourceState state(StreamPosition at, String serverUuid) {
    return new SourceState(position(at, serverUuid), at.engineOffset());
  }

  static SourcePosition position(StreamPosition at, String serverUuid) {
    String gtids = at.gtidSet();
    return new SourcePosition(
        at.file(), at.position(), gtids == null || gtids.isEmpty() ? null : gtids, serverUuid);
  }

  /** Whether everything up to the target has been taken. */
  static boolean reached(SourcePosition at, SourcePosition target) {
    if (target.gtidSet() != null && at.gtidSet() != null) {
      return GtidSet.parse(at.gtidSet()).includes(GtidSet.parse(target.gtidSet()));
    }
    return at.covers(target.binlogFile(), target.binlogPosition());
  }
}
