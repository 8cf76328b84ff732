package io.sluice.cdc.event;

/** What a value is, independent of the way it came and of the file it goes to. */
public enum LogicalType {
  /** 0 for false, 1 for true. */
  BOOLEAN(Storage.LONG),
  /** Signed, 8 bits. */
  INT8(Storage.LONG),
  /** Signed, 16 bits. */
  INT16(Storage.LONG),
  /** Signed, 32 bits. */
  INT32(Storage.LONG),
  /** Signed, 64 bits. */
  INT64(Storage.LONG),
  /** IEEE 754, 32 bits; stored widened to a double, which is exact. */
  FLOAT(Storage.DOUBLE),
  /** IEEE 754, 64 bits. */
  DOUBLE(Storage.DOUBLE),
  /** Exact, up to 18 digits: the unscaled value as a long. */
  SMALL_DECIMAL(Storage.LONG),
  /** Exact, 19 to 38 digits: the unscaled value as big-endian two's complement bytes. */
  DECIMAL(Storage.BYTES),
  /** Text as UTF-8 bytes. */
  TEXT(Storage.BYTES),
  /** Bytes as they are. */
  BINARY(Storage.BYTES),
  /** Days since 1970-01-01, proleptic Gregorian. */
  DATE(Storage.LONG),
  /** Local date and time without a zone: microseconds since 1970-01-01T00:00 of that local time. */
  DATETIME(Storage.LONG),
  /** A moment: microseconds since 1970-01-01T00:00Z. */
  TIMESTAMP(Storage.LONG),
  /** A signed span of time in microseconds; MySQL's TIME reaches ±838:59:59.999999. */
  TIME(Storage.LONG);

  private final Storage storage;

  LogicalType(Storage storage) {
    this.storage = storage;
  }

  /** How a {@link ColumnVector} holds such values. */
  public Storage storage() {
    return storage;
  }

  /** The three ways in which a vector holds values. */
  public enum Storage {
    /** {@link LongVector}. */
    LONG,
    /** {@link DoubleVector}. */
    DOUBLE,
    /** {@link BytesVector}. */
    BYTES
  }
}
