package io.sluice.cdc.internal.binlog;

import io.sluice.cdc.event.ColumnVector;

/**
 * Turns a value in a form of {@link CellReader} into one of a vector. Stateless or safe for one
 * thread at a time.
 */
interface CellDecoder {
  void decode(Object value, ColumnVector into);
}
