package io.sluice.cdc.bench.data;

import java.sql.Connection;
import java.sql.SQLException;

/** A table that counts from 1; all other rows are made from it. It is not in the binlog. */
public final class Numbers {
  static final String TABLE = "seed.numbers";

  private Numbers() {}

  /** Makes the table with at least so many numbers. */
  public static void make(Connection connection, long rows) throws SQLException {
    Sql.execute(
        connection,
        "SET sql_log_bin = 0",
        "CREATE DATABASE IF NOT EXISTS seed",
        "DROP TABLE IF EXISTS " + TABLE,
        "CREATE TABLE " + TABLE + " (n BIGINT PRIMARY KEY)",
        "INSERT INTO " + TABLE + " VALUES (1)");
    for (long have = 1; have < rows; have *= 2) {
      Sql.execute(connection, "INSERT INTO " + TABLE + " SELECT n + " + have + " FROM " + TABLE);
    }
  }
}
