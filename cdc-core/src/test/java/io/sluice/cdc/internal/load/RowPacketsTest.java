package io.sluice.cdc.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.config.TlsMode;
import io.sluice.cdc.event.BytesVector;
import io.sluice.cdc.event.LoadView;
import io.sluice.cdc.event.LongVector;
import io.sluice.cdc.event.RowBatch;
import io.sluice.cdc.event.SourcePosition;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.event.ZeroDates;
import io.sluice.cdc.internal.mysql.MySqlConnections;
import io.sluice.cdc.internal.mysql.Sql;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that are taken out below the driver are those that the driver would have read. */
class RowPacketsTest {
  /** Around every way to write a length, around the buffer, and far beyond it. */
  private static final List<Integer> LENGTHS =
      List.of(
          0,
          1,
          250,
          251,
          252,
          65_535,
          65_536,
          130_900,
          131_000,
          131_060,
          131_066,
          131_067,
          131_068,
          131_069,
          131_070,
          131_072,
          131_073,
          300_000,
          3,
          17_000_000,
          9);

  @ParameterizedTest
  @EnumSource(
      value = TlsMode.class,
      names = {"DISABLED", "REQUIRED"})
  void areThoseOfTheDriver(TlsMode tls) throws Exception {
    String database = LoadServer.database();
    LoadServer.mySql()
        .execute(
            "SET GLOBAL max_allowed_packet = 67108864",
            "CREATE TABLE " + database + ".t (id INT PRIMARY KEY, a LONGTEXT, b VARCHAR(9))");
    fill(database);
    SourceConfig source = source(database, tls);
    TableSchema schema = LoadServer.schemas(source, ZeroDates.NULL).get(0);
    String order = " ORDER BY id";
    try (Connection connection = new MySqlConnections(source).open()) {
      List<String> expected =
          Sql.query(
              connection,
              "SELECT CONCAT_WS('|', id, SHA2(a, 256), b) FROM " + database + ".t" + order,
              r -> r.getString(1));
      TableCells cells = new TableCells(schema, ZeroDates.NULL);
      assertThat(read(connection, cells, cells.selectList() + order)).isEqualTo(expected);
      // The connection goes on as if nothing had been beside it, and so does the next statement.
      assertThat(Sql.query(connection, "SELECT 7", r -> r.getInt(1))).containsExactly(7);
      assertThat(read(connection, cells, cells.selectList() + order)).isEqualTo(expected);
      assertThat(read(connection, cells, cells.selectList() + " WHERE id < 0")).isEmpty();
    }
  }

  private static SourceConfig source(String database, TlsMode tls) {
    return SourceConfig.builder()
        .host(LoadServer.mySql().host())
        .port(LoadServer.mySql().port())
        .user(LoadServer.mySql().rootUser())
        .password(LoadServer.mySql().rootPassword())
        .tls(tls)
        .include(database + ".*")
        .build();
  }

  private static void fill(String database) throws Exception {
    List<String> rows = new ArrayList<>();
    for (int length : LENGTHS) {
      for (String b : List.of("NULL", "'x'", "''")) {
        int id = rows.size();
        char letter = (char) ('a' + id % 26);
        rows.add("(" + id + ", REPEAT('" + letter + "', " + length + "), " + b + ")");
        rows.add("(" + (id + 1) + ", NULL, " + b + ")");
      }
    }
    try (Connection connection = LoadServer.mySql().connect()) {
      for (String row : rows) {
        Sql.run(connection, "INSERT INTO " + database + ".t VALUES " + row);
      }
    }
  }

  private static List<String> read(Connection connection, TableCells cells, String sql)
      throws Exception {
    List<String> rows = new ArrayList<>();
    LoadView view = new LoadView(1, 1, new SourcePosition("binlog.000001", 4, "", ""), 0);
    try (RowStream stream = new RowStream(connection, sql, cells, view)) {
      for (RowBatch batch = stream.next(); batch != null; batch = stream.next()) {
        for (int row = 0; row < batch.size(); row++) {
          rows.add(row(batch, row));
        }
      }
    }
    return rows;
  }

  private static String row(RowBatch batch, int row) throws Exception {
    List<String> parts = new ArrayList<>();
    parts.add(String.valueOf(((LongVector) batch.column(0)).get(row)));
    if (!batch.column(1).isNull(row)) {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(((BytesVector) batch.column(1)).get(row));
      parts.add(HexFormat.of().formatHex(hash));
    }
    if (!batch.column(2).isNull(row)) {
      parts.add(new String(((BytesVector) batch.column(2)).get(row), StandardCharsets.UTF_8));
    }
    return String.join("|", parts);
  }
}
