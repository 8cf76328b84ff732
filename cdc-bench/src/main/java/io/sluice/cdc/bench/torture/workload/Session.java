package io.sluice.cdc.bench.torture.workload;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One transaction on one connection, and how many rows it will make in the bucket. Used by one
 * thread.
 */
final class Session {
  private final Connection connection;
  private final Random random;
  private int changes;

  Session(Connection connection, Random random) {
    this.connection = connection;
    this.random = random;
  }

  Random random() {
    return random;
  }

  int changes() {
    return changes;
  }

  /** A statement each of whose changed rows is one row in the bucket; returns how many. */
  int change(String sql) throws SQLException {
    int rows = run(sql);
    changes += rows;
    return rows;
  }

  /**
   * A statement each of whose changed rows is a delete and an insert in the bucket; returns how
   * many.
   */
  int rekey(String sql) throws SQLException {
    int rows = run(sql);
    changes += 2 * rows;
    return rows;
  }

  private int run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  /** The first column of all rows. */
  List<String> read(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  /** Does a step so that it never happened. */
  void undone(Step step) throws SQLException {
    int before = changes;
    Savepoint savepoint = connection.setSavepoint();
    step.run(this);
    connection.rollback(savepoint);
    changes = before;
  }

  /** A part of a transaction. It must leave the sum of all balances as it was. */
  interface Step {
    void run(Session session) throws SQLException;
  }
}
