package io.sluice.cdc.internal.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Small queries. Values are parameters, never part of the statement's text. */
public final class Sql {
  private Sql() {}

  /** Turns a row into something. */
  @FunctionalInterface
  public interface RowMapper<T> {
    /** Called for each row; must not move the cursor. */
    T map(ResultSet row) throws SQLException;
  }

  /** All rows of a small result. */
  public static <T> List<T> query(
      Connection connection, String sql, RowMapper<T> mapper, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      List<T> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(mapper.map(result));
        }
      }
      return rows;
    }
  }

  /** The first column of the first row, or null when there is none or it is NULL. */
  public static @Nullable String first(Connection connection, String sql, Object... parameters)
      throws SQLException {
    List<String> rows = query(connection, sql, r -> String.valueOf(r.getString(1)), parameters);
    return rows.isEmpty() || rows.get(0).equals("null") ? null : rows.get(0);
  }

  /** Runs a statement without a result. */
  public static void run(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    }
  }
}
