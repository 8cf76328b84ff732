package io.sluice.cdc.bench.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes to be written into the binlog between a noted position and the start of a measurement.
 */
public interface Backlog {
  /** The case's name and the database's. */
  String name();

  /** How many rows change. */
  long changes();

  /** Makes the database and its empty tables; the binlog sees this. */
  void prepare(Sql.Source source) throws SQLException;

  /** Writes the changes. */
  void write(Sql.Source source) throws SQLException, InterruptedException;

  /** Half inserts, three tenths updates, two tenths deletes of one table, in 20 transactions. */
  static Backlog large(String name, long changes) {
    return new Large(name, changes);
  }

  /**
   * A row a transaction, over 20 tables, by 4 connections: of ten changes seven inserts, two
   * updates, one delete.
   */
  static Backlog small(String name, long changes) {
    return new Small(name, changes);
  }

  /** What both others do, one after the other, in one database. */
  static Backlog both(String name, long changes) {
    return new Both(name, new Large(name, changes / 2), new Small(name, changes / 2));
  }

  /** See {@link Backlog#both}. */
  record Both(String name, Large large, Small small) implements Backlog {
    @Override
    public long changes() {
      return large.changes() + small.changes();
    }

    @Override
    public void prepare(Sql.Source source) throws SQLException {
      large.prepare(source);
      small.prepare(source);
    }

    @Override
    public void write(Sql.Source source) throws SQLException, InterruptedException {
      large.write(source);
      small.write(source);
    }
  }

  /** See {@link Backlog#large}. */
  record Large(String name, long wanted) implements Backlog {
    private static final int TRANSACTIONS = 20;

    private long step() {
      return wanted / TRANSACTIONS;
    }

    @Override
    public long changes() {
      return step() * TRANSACTIONS;
    }

    @Override
    public void prepare(Sql.Source source) throws SQLException {
      try (Connection connection = source.connect()) {
        Sql.execute(
            connection,
            "CREATE DATABASE IF NOT EXISTS " + name,
            Shape.mixed().create(name + ".orders"));
      }
    }

    @Override
    public void write(Sql.Source source) throws SQLException {
      String table = name + ".orders";
      try (Connection connection = source.connect()) {
        for (int i = 0; i < 10; i++) {
          Sql.execute(connection, Shape.mixed().insert(table, i * step() + 1, (i + 1) * step()));
        }
        for (int i = 0; i < 6; i++) {
          Sql.execute(
              connection,
              "UPDATE "
                  + table
                  + " SET amount = amount + 1, title = CONCAT('Changed ', id) WHERE "
                  + range(i));
        }
        for (int i = 6; i < 10; i++) {
          Sql.execute(connection, "DELETE FROM " + table + " WHERE " + range(i));
        }
      }
    }

    private String range(int i) {
      return "id BETWEEN " + (i * step() + 1) + " AND " + (i + 1) * step();
    }
  }

  /** See {@link Backlog#small}. */
  record Small(String name, long wanted) implements Backlog {
    private static final int TABLES = 20;
    private static final int CONNECTIONS = 4;
    private static final int STEPS_PER_CYCLE = 10;

    private long cycles() {
      return wanted / TABLES / STEPS_PER_CYCLE;
    }

    @Override
    public long changes() {
      return cycles() * TABLES * STEPS_PER_CYCLE;
    }

    @Override
    public void prepare(Sql.Source source) throws SQLException {
      try (Connection connection = source.connect()) {
        Sql.execute(connection, "CREATE DATABASE IF NOT EXISTS " + name);
        for (int i = 0; i < TABLES; i++) {
          Sql.execute(connection, Shape.mixed().create(name + ".t" + i));
        }
        // Outside the database that is followed, so that no pipeline has to read procedures.
        Sql.execute(connection, "SET sql_log_bin = 0", "CREATE DATABASE IF NOT EXISTS seed");
        for (int i = 0; i < CONNECTIONS; i++) {
          Sql.execute(connection, "DROP PROCEDURE IF EXISTS seed.fill" + i, procedure(i));
        }
      }
    }

    @Override
    public void write(Sql.Source source) throws SQLException, InterruptedException {
      List<List<String>> calls = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        calls.add(List.of("CALL seed.fill" + i + "(" + cycles() + ")"));
      }
      Sql.together(source, calls);
    }

    /** A loop inside the server; each statement of it is a transaction. */
    private String procedure(int connection) {
      StringBuilder body = new StringBuilder();
      for (int step = 0; step < STEPS_PER_CYCLE; step++) {
        for (int table = connection; table < TABLES; table += CONNECTIONS) {
          body.append(change(name + ".t" + table, step)).append("; ");
        }
      }
      return "CREATE PROCEDURE seed.fill"
          + connection
          + "(cycles INT) BEGIN DECLARE i INT DEFAULT 0; WHILE i < cycles DO "
          + body
          + "SET i = i + 1; END WHILE; END";
    }

    private static String change(String table, int step) {
      return switch (step) {
        case 7 -> "UPDATE " + table + " SET amount = amount + 1 WHERE id = i * 10 + 2";
        case 8 -> "UPDATE " + table + " SET title = 'Changed' WHERE id = i * 10 + 4";
        case 9 -> "DELETE FROM " + table + " WHERE id = i * 10 + 5";
        default ->
            "INSERT INTO "
                + table
                + " VALUES (i * 10 + "
                + step
                + ", i, i / 7, i / 3, NOW(6), NOW(3), 1 + i % 5, i % 2, "
                + "CONCAT('Order ', i, ' of ', MD5(i)), CONCAT(MD5(i + 1), ' ', MD5(i + 2), ' ', MD5(i + 3)))";
      };
    }
  }
}
