package io.sluice.cdc.bench.child;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Connections of the baselines. */
final class Jdbc {
  private Jdbc() {}

  static Connection connect(Settings s) throws SQLException {
    String url =
        "jdbc:mysql://"
            + s.text("host")
            + ":"
            + s.text("port")
            + "/"
            + s.database()
            + "?allowPublicKeyRetrieval=true&sslMode="
            + (s.tls() ? "REQUIRED" : "DISABLED");
    return DriverManager.getConnection(url, s.text("user"), s.text("password"));
  }

  static List<String> tables(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW TABLES")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }
}
