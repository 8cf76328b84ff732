package io.sluice.cdc.bench.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs statements. */
public final class Sql {
  private Sql() {}

  /** Opens connections. */
  @FunctionalInterface
  public interface Source {
    Connection connect() throws SQLException;
  }

  /** Runs them in order. */
  public static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Runs each list in order on a connection of its own, all lists at once. */
  public static void together(Source source, List<List<String>> lists)
      throws SQLException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(lists.size());
    try {
      List<Future<?>> running = new ArrayList<>();
      for (List<String> list : lists) {
        running.add(threads.submit(() -> inOrder(source, list)));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new SQLException("A statement failed: " + e.getCause(), e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean inOrder(Source source, List<String> list) throws SQLException {
    try (Connection connection = source.connect()) {
      execute(connection, list.toArray(String[]::new));
    }
    return true;
  }
}
