package io.sluice.cdc.event;

/** What a row says about its table; the code is the value of the column {@code _cdc_op}. */
public enum Operation {
  /** Read by a full load. */
  LOAD('r'),
  /** Inserted. */
  INSERT('c'),
  /** Updated; the row is the state after. */
  UPDATE('u'),
  /** Deleted; the row is the state before. */
  DELETE('d'),
  /** The table was emptied; every column of the table is NULL. */
  TRUNCATE('t');

  private final byte code;

  Operation(char code) {
    this.code = (byte) code;
  }

  /** The ASCII letter. */
  public byte code() {
    return code;
  }
}
