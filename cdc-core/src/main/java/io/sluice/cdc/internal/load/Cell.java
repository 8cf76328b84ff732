package io.sluice.cdc.internal.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where the bytes of one value stand, as the text protocol carries it. One object shows one value
 * after the other, so that none is copied before it is read. Not thread-safe.
 */
final class Cell {
  private byte[] bytes = new byte[0];
  private int from;
  private int end;

  /** A cell that shows all of an array. */
  static Cell of(byte[] value) {
    Cell cell = new Cell();
    cell.show(value, 0, value.length);
    return cell;
  }

  /** Shows a part of an array, which must stay as it is until the value has been read. */
  void show(byte[] array, int offset, int length) {
    bytes = array;
    from = offset;
    end = offset + length;
  }

  int length() {
    return end - from;
  }

  /** The byte at a place of the value. */
  byte at(int index) {
    return bytes[from + index];
  }

  /** The array, in which the value stands from {@link #offset()} on. */
  byte[] array() {
    return bytes;
  }

  int offset() {
    return from;
  }

  /** The value in an array of its own; the one it stands in, where nothing else does. */
  byte[] owned() {
    return length() == bytes.length ? bytes : Arrays.copyOfRange(bytes, from, end);
  }

  /** The value as ASCII. */
  String text() {
    return new String(bytes, from, length(), StandardCharsets.US_ASCII);
  }
}
