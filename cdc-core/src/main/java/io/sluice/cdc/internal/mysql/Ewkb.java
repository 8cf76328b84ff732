package io.sluice.cdc.internal.mysql;

/**
 * Spatial values as EWKB: the well-known binary form, with the SRID in it where it is not 0.
 *
 * <p>MySQL keeps four bytes of SRID, little-endian, and well-known bytes after them. In these x is
 * always the longitude, whatever order the reference system names its axes in; {@code ST_AsBinary}
 * turns them round, so it is not asked. Without an SRID the result is plain WKB.
 *
 * <p>Formats: https://dev.mysql.com/doc/refman/8.0/en/gis-data-formats.html and
 * https://libgeos.org/specifications/wkb/#extended-wkb
 */
public final class Ewkb {
  private static final int SRID_BYTES = 4;
  private static final int HEADER_BYTES = 5;

  /** In the most significant byte of the type, which is little-endian. */
  private static final int HAS_SRID = 0x20;

  private Ewkb() {}

  /** From the form in which MySQL keeps a value and sends it, in rows and in the binlog. */
  public static byte[] of(byte[] stored) {
    if (stored.length < SRID_BYTES + HEADER_BYTES || stored[SRID_BYTES] != 1) {
      throw new IllegalArgumentException("a spatial value is not in MySQL's form");
    }
    if ((stored[0] | stored[1] | stored[2] | stored[3]) == 0) {
      byte[] plain = new byte[stored.length - SRID_BYTES];
      System.arraycopy(stored, SRID_BYTES, plain, 0, plain.length);
      return plain;
    }
    byte[] extended = new byte[stored.length];
    System.arraycopy(stored, SRID_BYTES, extended, 0, HEADER_BYTES);
    extended[HEADER_BYTES - 1] |= HAS_SRID;
    System.arraycopy(stored, 0, extended, HEADER_BYTES, SRID_BYTES);
    int rest = SRID_BYTES + HEADER_BYTES;
    System.arraycopy(stored, rest, extended, rest, stored.length - rest);
    return extended;
  }
}
