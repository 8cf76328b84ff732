package io.sluice.cdc.internal.load;

import io.sluice.cdc.config.LoadConfig;
import io.sluice.cdc.config.LoadMode;
import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.config.TlsMode;
import io.sluice.cdc.config.TypesConfig;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.event.ZeroDates;
import io.sluice.cdc.internal.mysql.Catalog;
import io.sluice.cdc.internal.mysql.MySqlConnections;
import io.sluice.cdc.internal.mysql.Sql;
import io.sluice.cdc.testkit.DisposableMySql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One real MySQL for the tests of this JVM, and a database of its own for each test. */
final class LoadServer {
  private static final DisposableMySql SERVER = DisposableMySql.open();
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private LoadServer() {}

  static DisposableMySql mySql() {
    return SERVER;
  }

  /** A new, empty database. */
  static String database() throws SQLException {
    String name = "load" + DATABASES.incrementAndGet();
    SERVER.execute("CREATE DATABASE " + name);
    return name;
  }

  /** The configuration of the root user. */
  static SourceConfig source(String... include) {
    return source(SERVER, SERVER.rootUser(), SERVER.rootPassword(), include);
  }

  static SourceConfig source(
      DisposableMySql server, String user, String password, String... include) {
    return SourceConfig.builder()
        .host(server.host())
        .port(server.port())
        .user(user)
        .password(password)
        .tls(TlsMode.DISABLED)
        .include(include)
        .build();
  }

  static LoadConfig load(int parallelism, long chunkBytes) {
    return new LoadConfig(LoadMode.INITIAL, parallelism, chunkBytes);
  }

  static List<TableSchema> schemas(SourceConfig source, ZeroDates zeroDates) throws SQLException {
    try (Connection connection = new MySqlConnections(source).open()) {
      return new Catalog(source, TypesConfig.DEFAULT.withZeroDates(zeroDates)).read(connection);
    }
  }

  /** Loads what the output does not have yet. */
  static FullLoad run(SourceConfig source, LoadConfig load, RecordingOutput output)
      throws SQLException, InterruptedException {
    FullLoad full = new FullLoad(source, load, TypesConfig.DEFAULT, output, LoadListener.NONE);
    full.run(schemas(source, ZeroDates.NULL), output.state());
    return full;
  }

  static long count(String sql) throws SQLException {
    try (Connection connection = SERVER.connect()) {
      return Long.parseLong(String.valueOf(Sql.first(connection, sql)));
    }
  }
}
