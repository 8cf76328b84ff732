package io.sluice.cdc.internal.load;

import io.sluice.cdc.event.ColumnVector;

/** Appends a value that is not NULL, as the text protocol carries it, to a vector. */
@FunctionalInterface
interface CellParser {
  void parse(Cell value, ColumnVector into);
}
