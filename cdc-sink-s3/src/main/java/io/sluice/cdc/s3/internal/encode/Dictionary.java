package io.sluice.cdc.s3.internal.encode;

/** Distinct values, numbered from 0 in the order in which they came. */
interface Dictionary {
  /** How many values. */
  int size();

  /** Bytes of all values in plain encoding. */
  int plainBytes();

  /** Heap bytes, about. */
  long memory();

  /** Appends a value in plain encoding. */
  void plain(int id, Buffer out);
}
