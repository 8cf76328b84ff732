package io.sluice.cdc.bench.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Backlogs that are hard on memory, not on speed. */
public final class MemoryBacklogs {
  private static final int CONNECTIONS = 4;

  private MemoryBacklogs() {}

  /** A row a transaction, each into one of 500 tables at random, by four connections. */
  public static Backlog scattered(String name, long changes) {
    return new Scattered(name, changes);
  }

  /** All rows in one transaction. */
  public static Backlog transaction(String name, long changes) {
    return new One(name, changes);
  }

  /** Values of 100 MiB, each a transaction. */
  public static Backlog values(String name, int values) {
    return new Values(name, values);
  }

  private record Scattered(String name, long wanted) implements Backlog {
    private static final int TABLES = 500;

    private long each() {
      return wanted / CONNECTIONS;
    }

    @Override
    public long changes() {
      return each() * CONNECTIONS;
    }

    @Override
    public void prepare(Sql.Source source) throws SQLException {
      try (Connection connection = source.connect()) {
        Sql.execute(connection, "CREATE DATABASE " + name);
        for (int i = 0; i < TABLES; i++) {
          Sql.execute(connection, Shape.mixed().create(name + ".t" + i));
        }
        // Outside the database that is followed, so that no pipeline has to read procedures.
        Sql.execute(
            connection,
            "SET sql_log_bin = 0",
            "CREATE DATABASE IF NOT EXISTS seed",
            "DROP PROCEDURE IF EXISTS seed.scatter",
            "CREATE PROCEDURE seed.scatter(first BIGINT, many BIGINT) BEGIN"
                + " DECLARE i BIGINT DEFAULT 0; WHILE i < many DO"
                + " SET @n = first + i;"
                + " SET @s = CONCAT('INSERT INTO "
                + name
                + ".t', FLOOR(RAND(@n) * "
                + TABLES
                + "), ' SELECT "
                + String.join(", ", Shape.mixed().values()).replace("'", "''")
                + " FROM (SELECT @n AS n) one');"
                + " PREPARE p FROM @s; EXECUTE p; DEALLOCATE PREPARE p;"
                + " SET i = i + 1; END WHILE; END");
      }
    }

    @Override
    public void write(Sql.Source source) throws SQLException, InterruptedException {
      List<List<String>> calls = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        calls.add(List.of("CALL seed.scatter(" + (1 + i * each()) + ", " + each() + ")"));
      }
      Sql.together(source, calls);
    }
  }

  private record One(String name, long changes) implements Backlog {
    @Override
    public void prepare(Sql.Source source) throws SQLException {
      try (Connection connection = source.connect()) {
        Sql.execute(connection, "CREATE DATABASE " + name, Shape.mixed().create(name + ".orders"));
      }
    }

    @Override
    public void write(Sql.Source source) throws SQLException {
      try (Connection connection = source.connect()) {
        Sql.execute(connection, Shape.mixed().insert(name + ".orders", 1, changes));
      }
    }
  }

  private record Values(String name, int values) implements Backlog {
    private static final int HASHES = 100 * (1 << 20) / 32;

    @Override
    public long changes() {
      return values;
    }

    @Override
    public void prepare(Sql.Source source) throws SQLException {
      try (Connection connection = source.connect()) {
        Sql.execute(
            connection,
            "CREATE DATABASE " + name,
            "CREATE TABLE " + name + ".files (id INT PRIMARY KEY, content LONGBLOB NOT NULL)");
      }
    }

    @Override
    public void write(Sql.Source source) throws SQLException {
      try (Connection connection = source.connect()) {
        for (int i = 1; i <= values; i++) {
          Sql.execute(
              connection,
              "INSERT INTO "
                  + name
                  + ".files VALUES ("
                  + i
                  + ", REPEAT(MD5("
                  + i
                  + "), "
                  + HASHES
                  + "))");
        }
      }
    }
  }
}
