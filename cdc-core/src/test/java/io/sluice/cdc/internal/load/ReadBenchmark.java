package io.sluice.cdc.internal.load;

import com.sun.management.OperatingSystemMXBean;
import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.config.TypesConfig;
import io.sluice.cdc.event.LoadState;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.internal.mysql.Catalog;
import io.sluice.cdc.internal.mysql.MySqlConnections;
import io.sluice.cdc.testkit.DisposableMySql;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/**
 * How fast rows come from MySQL into column vectors, beside the driver alone. Run the main method;
 * the argument is the number of rows.
 */
final class ReadBenchmark {
  private static final int ROUNDS = 4;

  private ReadBenchmark() {}

  /** What is measured. */
  @FunctionalInterface
  private interface Run {
    long rows() throws Exception;
  }

  public static void main(String[] args) throws Exception {
    int rows = args.length > 0 ? Integer.parseInt(args[0]) : 2_048_000;
    try (DisposableMySql server =
        DisposableMySql.builder()
            .options("--innodb-buffer-pool-size=1G", "--innodb-flush-log-at-trx-commit=0")
            .open()) {
      fill(server, rows);
      SourceConfig source =
          LoadServer.source(server, server.rootUser(), server.rootPassword(), "bench.*");
      MySqlConnections connections = new MySqlConnections(source);
      for (int round = 1; round <= ROUNDS; round++) {
        System.out.println("round " + round + " of " + ROUNDS);
        measure("driver, getBytes of every column", () -> driver(connections));
        for (int readers : new int[] {1, 2, 4}) {
          measure("full load into vectors, " + readers + " reader(s)", () -> load(source, readers));
        }
      }
    }
  }

  private static void fill(DisposableMySql server, int rows) throws SQLException {
    server.execute(
        "CREATE DATABASE bench",
        "CREATE TABLE bench.t (id bigint auto_increment primary key, customer int not null, status varchar(20) not null,"
            + " amount decimal(12,2) not null, price double, created datetime(6) not null, changed timestamp not null,"
            + " note varchar(200), flag tinyint, code char(32) not null)",
        "SET SESSION cte_max_recursion_depth = 100000000",
        "INSERT INTO bench.t SELECT n, n % 100000, ELT(1 + n % 4, 'new', 'paid', 'shipped', 'returned'), n / 7, n / 3,"
            + " timestamp('2020-01-01') + INTERVAL n SECOND, timestamp('2021-01-01') + INTERVAL n SECOND,"
            + " REPEAT('lorem ipsum ', 1 + n % 14), n % 2, MD5(n)"
            + " FROM (WITH RECURSIVE s AS (SELECT 1 n UNION ALL SELECT n + 1 FROM s WHERE n < "
            + rows
            + ") SELECT n FROM s) x",
        "ANALYZE TABLE bench.t");
  }

  private static void measure(String what, Run run) throws Exception {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = system.getProcessCpuTime();
    long start = System.nanoTime();
    long rows = run.rows();
    double seconds = (System.nanoTime() - start) / 1e9;
    double micros = (system.getProcessCpuTime() - cpu) / 1e3 / rows;
    System.out.printf(
        Locale.ROOT, "  %-40s %,10.0f rows/s  %.2f µs CPU/row%n", what, rows / seconds, micros);
  }

  private static long driver(MySqlConnections connections) throws SQLException {
    long rows = 0;
    long bytes = 0;
    try (Connection connection = connections.open();
        Statement statement = MySqlConnections.streaming(connection);
        ResultSet result = statement.executeQuery("SELECT * FROM bench.t")) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        for (int i = 1; i <= columns; i++) {
          byte[] value = result.getBytes(i);
          bytes += value == null ? 0 : value.length;
        }
        rows++;
      }
    }
    return bytes > 0 ? rows : 0;
  }

  private static long load(SourceConfig source, int readers) throws Exception {
    RecordingOutput output = new RecordingOutput().countOnly();
    List<TableSchema> schemas;
    try (Connection connection = new MySqlConnections(source).open()) {
      schemas = new Catalog(source, TypesConfig.DEFAULT).read(connection);
    }
    new FullLoad(
            source,
            LoadServer.load(readers, 64L << 20),
            TypesConfig.DEFAULT,
            output,
            LoadListener.NONE)
        .run(schemas, LoadState.EMPTY);
    return output.counted();
  }
}
