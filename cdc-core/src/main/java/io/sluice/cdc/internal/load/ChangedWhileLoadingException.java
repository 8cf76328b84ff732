package io.sluice.cdc.internal.load;

import io.sluice.cdc.error.SourceException;
import org.jspecify.annotations.Nullable;

/**
 * A table is not what it was when its load began. Trying again is enough: finished chunks are kept,
 * the others are read in a new view.
 */
public final class ChangedWhileLoadingException extends SourceException {
  private static final long serialVersionUID = 1L;

  ChangedWhileLoadingException(String tables, @Nullable Throwable cause) {
    super(
        "A statement (ALTER, TRUNCATE, RENAME or DROP) changed "
            + tables
            + " while it was being loaded",
        "Start again: finished chunks are kept, the others are read in a new view",
        cause);
  }
}
