package io.sluice.cdc.internal.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.connector.mysql.antlr.MySqlAntlrDdlParser;
import io.debezium.relational.Column;
import io.debezium.relational.Table;
import io.debezium.relational.Tables;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.internal.mysql.Sql;
import io.sluice.cdc.internal.mysql.TableFacts;
import io.sluice.cdc.testkit.DisposableMySql;
import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the server describes is what the engine's parser reads from its statement. */
@Tag("servers")
class EngineTableTest {
  private static DisposableMySql mysql;

  @BeforeAll
  static void startServer() throws Exception {
    mysql = DisposableMySql.open();
    mysql.execute("CREATE DATABASE shop");
  }

  @AfterAll
  static void stopServer() {
    mysql.close();
  }

  /** Without columns of length 0, of which the parser makes 10. */
  static Stream<String> definitions() {
    return Stream.of(
        "(id INT PRIMARY KEY, a TINYINT, b TINYINT(1), c SMALLINT UNSIGNED, d MEDIUMINT, e INT(8) UNSIGNED ZEROFILL,"
            + " f BIGINT, g BIGINT UNSIGNED, h BOOLEAN, i YEAR)",
        "(id SERIAL, a DECIMAL, b DECIMAL(65,30), c NUMERIC(10,0) UNSIGNED, d FLOAT, e FLOAT(7,3), f FLOAT(30),"
            + " g DOUBLE, h DOUBLE(10,2) UNSIGNED, i REAL, j BIT, k BIT(64))",
        "(id INT AUTO_INCREMENT PRIMARY KEY, a DATE, b TIME, c TIME(6), d DATETIME, e DATETIME(3),"
            + " f TIMESTAMP NULL, g TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6))",
        "(a CHAR, c CHAR(255), e VARCHAR(1000), f TINYTEXT, g TEXT, h MEDIUMTEXT, i LONGTEXT,"
            + " j TEXT(70000), k NCHAR(3), l NATIONAL VARCHAR(9))",
        "(a BINARY, b BINARY(16), c VARBINARY(100), d TINYBLOB, e BLOB, f MEDIUMBLOB, g LONGBLOB, h JSON,"
            + " i CHAR(4) CHARACTER SET binary)",
        "(a CHAR(5) CHARACTER SET latin1, b VARCHAR(5) CHARACTER SET utf16, c TEXT CHARACTER SET gbk, d VARCHAR(5),"
            + " e ENUM('x') CHARACTER SET latin1, f VARCHAR(7) COLLATE sjis_bin) DEFAULT CHARSET=koi8r",
        "(a GEOMETRY, b POINT, c LINESTRING, d POLYGON, e MULTIPOINT, f MULTILINESTRING, g MULTIPOLYGON,"
            + " h GEOMETRYCOLLECTION, i POINT NOT NULL SRID 4326)",
        "(a ENUM('a','b,c','it''s','q\"q','back\\\\slash',''), b SET('one','two','ü'), c SET('1','2') NOT NULL)",
        "(`a ``quoted``` INT, `select` INT, `x.y` INT, `Größe` INT, PRIMARY KEY (`a ``quoted```, `x.y`))",
        "(a INT, b INT AS (a + 1) VIRTUAL, c INT AS (a + 2) STORED, d INT DEFAULT (3), UNIQUE KEY (a))",
        "(a INT NOT NULL, b INT NOT NULL, c INT, KEY (c), UNIQUE KEY u (b, a), KEY ((a + b)))",
        "(a CHAR(9) BINARY, b VARCHAR(9) BINARY, c TEXT BINARY, d CHAR BINARY, e VARCHAR(9) CHARACTER SET latin1 BINARY,"
            + " f VARCHAR(9) BINARY CHARACTER SET latin1, g ENUM('a','b') BINARY, h SET('x') BINARY)",
        "(a CHAR(9) ASCII, b VARCHAR(9) UNICODE, c CHAR(9) BYTE, d TEXT BYTE, e CHAR(9) ASCII BINARY, f CHAR(9) BINARY UNICODE,"
            + " g MEDIUMTEXT UNICODE, h LONGTEXT ASCII, i ENUM('a') ASCII, j SET('x','y') UNICODE, k CHAR BYTE)",
        "(a LONG, b LONG VARCHAR, c LONG VARBINARY, d LONG CHAR VARYING, e LONG CHARACTER VARYING, f LONG BYTE, g LONG ASCII)",
        "(a CHAR VARYING(9), b CHARACTER VARYING(9), c CHARACTER(9), d NCHAR(9), e NATIONAL CHAR(9), f NVARCHAR(9),"
            + " g NCHAR VARYING(9), h NCHAR VARCHAR(9), i NATIONAL CHARACTER VARYING(9), j NATIONAL VARCHARACTER(9), k VARCHARACTER(9))",
        "(a INT1, b INT2, c INT3, d INT4, e INT8, f MIDDLEINT, g INTEGER, h DEC(9,2), i FIXED(9,2), j NUMERIC, k DOUBLE PRECISION,"
            + " l FLOAT4, m FLOAT8, n FLOAT(24), o FLOAT(25), p BOOL, q INT SIGNED, r REAL(10,3), s DOUBLE PRECISION(10,3))",
        "(a VARCHAR(9) COLLATE 'binary', b TEXT NOT NULL COLLATE `binary`, c VARCHAR(9) COLLATE utf8mb4_bin, d CHAR(3) COLLATE latin1_bin)",
        "(a TEXT(10), b TEXT(300), c TEXT(20000000), d BLOB(10), e BLOB(300), f BLOB(70000), g BLOB(20000000))",
        "(`ascii` INT, `byte` CHAR(3), `unicode` TEXT, ascii_ VARCHAR(9) DEFAULT 'byte', k INT COMMENT 'CHAR(3) BYTE')",
        "(a VARCHAR(9), b TEXT) COLLATE 'binary'",
        "(a VARCHAR(9), b TEXT) DEFAULT CHARACTER SET = binary");
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void isWhatTheParserReads(String definition) throws Exception {
    mysql.execute("DROP TABLE IF EXISTS shop.t", "CREATE TABLE shop.t " + definition);
    TableName name = new TableName("shop", "t");
    try (Connection connection = mysql.connect()) {
      TableFacts facts = TableFacts.read(connection, Set.of(name)).get(name);
      assertThat(described(EngineTable.of(name, facts)))
          .isEqualTo(
              described(
                  parsed(
                      Sql.query(connection, "SHOW CREATE TABLE shop.t", r -> r.getString(2))
                          .get(0))));
    }
  }

  private static Table parsed(String sql) {
    Tables tables = new Tables();
    MySqlAntlrDdlParser parser = new MySqlAntlrDdlParser();
    parser.setCurrentSchema("shop");
    parser.parse(sql, tables);
    return tables.forTable("shop", null, "t");
  }

  /** Everything that is looked at later. */
  private static Map<String, List<Object>> described(Table table) {
    Map<String, List<Object>> columns = new LinkedHashMap<>();
    for (Column c : table.columns()) {
      columns.put(
          c.name(),
          List.of(
              c.typeName(),
              c.jdbcType(),
              c.enumValues().isEmpty() ? c.length() : 0, // of no use beside the values
              c.scale(),
              c.isOptional(),
              c.isGenerated(),
              c.isAutoIncremented(),
              String.valueOf(c.charsetName()),
              c.enumValues()));
    }
    columns.put(
        "", List.of(table.primaryKeyColumnNames(), String.valueOf(table.defaultCharsetName())));
    return columns;
  }
}
