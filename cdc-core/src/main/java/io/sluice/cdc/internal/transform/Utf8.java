package io.sluice.cdc.internal.transform;

/** Counts characters (code points) in text that is known to be UTF-8. */
final class Utf8 {
  private Utf8() {}

  static int characters(byte[] data, int offset, int length) {
    int characters = 0;
    for (int i = offset; i < offset + length; i++) {
      if (begins(data[i])) {
        characters++;
      }
    }
    return characters;
  }

  /** Where the character begins that comes after so many others; at most the end. */
  static int skip(byte[] data, int offset, int length, int characters) {
    int left = characters;
    for (int i = offset; i < offset + length; i++) {
      if (begins(data[i])) {
        if (left == 0) {
          return i;
        }
        left--;
      }
    }
    return offset + length;
  }

  private static boolean begins(byte b) {
    return (b & 0xC0) != 0x80;
  }
}
