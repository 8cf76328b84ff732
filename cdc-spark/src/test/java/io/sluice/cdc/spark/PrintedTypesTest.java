package io.sluice.cdc.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is printed for Spark declares every type so that Spark reads MySQL's values. */
@Tag("servers")
class PrintedTypesTest {
  /** A type, and its values at the edges; by load and by stream. */
  private static final Map<String, List<String>> TYPES = new LinkedHashMap<>();

  static {
    type("TINYINT", "-128", "127");
    type("TINYINT UNSIGNED", "0", "255");
    type("BOOLEAN", "0", "5");
    type("SMALLINT", "-32768", "32767");
    type("SMALLINT UNSIGNED", "0", "65535");
    type("MEDIUMINT", "-8388608", "8388607");
    type("MEDIUMINT UNSIGNED", "0", "16777215");
    type("INT", "-2147483648", "2147483647");
    type("INT UNSIGNED", "0", "4294967295");
    type("BIGINT", "-9223372036854775808", "9223372036854775807");
    type("BIGINT UNSIGNED", "0", "18446744073709551615");
    type("BIT(1)", "b'0'", "b'1'");
    type("BIT(63)", "b'1'", "0x7fffffffffffffff");
    type("BIT(64)", "b'1'", "0xffffffffffffffff");
    type("DECIMAL(9,2)", "-9999999.99", "0.01");
    type("DECIMAL(18,4)", "-99999999999999.9999", "0.0001");
    type("DECIMAL(38,10)", "-9999999999999999999999999999.9999999999", "0.0000000001");
    type("FLOAT", "-3.4028234e38", "1.5");
    type("DOUBLE", "-1.7976931348623157e308", "4.9e-324");
    type("YEAR", "0000", "2155");
    type("DATE", "'0001-01-01'", "'9999-12-31'");
    type("DATETIME", "'0001-01-01 00:00:00'", "'9999-12-31 23:59:59'");
    type("DATETIME(6)", "'1582-10-10 12:00:00.000001'", "'2024-03-10 02:30:00.999999'");
    type("TIMESTAMP NULL", "'1970-01-01 00:00:01'", "'2024-03-10 07:30:00'");
    type("TIMESTAMP(6) NULL", "'1970-01-01 00:00:01.000001'", "'2038-01-19 03:14:07.499999'");
    type("TIME", "'-838:59:59'", "'838:59:59'");
    type("TIME(6)", "'-00:00:00.000001'", "'838:59:58.999999'");
    type("CHAR(9)", "''", "'漢字 🦔'");
    type("VARCHAR(20) CHARACTER SET latin1", "'é '", "'\\\\'");
    type("TINYTEXT", "''", "'NULL'");
    type("TEXT", "'a|b'", "'\"'");
    type("MEDIUMTEXT", "'x'", "REPEAT('ü', 300)");
    type("LONGTEXT", "'x'", "'y'");
    type("ENUM('a','b c','é')", "'a'", "'é'");
    type("SET('a','b','c')", "''", "'a,c'");
    type("JSON", "'{\"b\": [1, null, \"ü\"], \"a\": 1.50}'", "'null'");
    type("BINARY(9)", "''", "x'0001ff'");
    type("VARBINARY(9)", "''", "x'0001ff'");
    type("TINYBLOB", "''", "x'ff'");
    type("BLOB", "x'00'", "x'ff'");
    type("MEDIUMBLOB", "x'00'", "REPEAT(x'ff', 300)");
    type("LONGBLOB", "x'00'", "x'ff'");
    type("GEOMETRY", "POINT(1, 2)", "ST_GeomFromText('LINESTRING(0 0, 1 1)')");
    type("POINT", "POINT(1, 2)", "POINT(-1.5, 2)");
    type("LINESTRING", "ST_GeomFromText('LINESTRING(0 0, 1 1)')", "NULL");
    type("POLYGON", "ST_GeomFromText('POLYGON((0 0, 1 1, 1 0, 0 0))')", "NULL");
    type("MULTIPOINT", "ST_GeomFromText('MULTIPOINT(0 0, 1 1)')", "NULL");
    type("MULTILINESTRING", "ST_GeomFromText('MULTILINESTRING((0 0, 1 1))')", "NULL");
    type("MULTIPOLYGON", "ST_GeomFromText('MULTIPOLYGON(((0 0, 1 1, 1 0, 0 0)))')", "NULL");
    type("GEOMETRYCOLLECTION", "ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 2))')", "NULL");
  }

  private final SparkWorld world = SparkWorld.shared();

  private static void type(String type, String first, String second) {
    TYPES.put(type, List.of(first, second, "NULL"));
  }

  @Test
  void everyTypeIsReadAsMySqlHasItByLoadAndByStream() throws Exception {
    PrintedSql.assumeReadBy(world);
    world
        .mysql()
        .execute(
            "SET sql_mode = 'ALLOW_INVALID_DATES', time_zone = '+00:00'",
            "CREATE DATABASE types CHARACTER SET utf8mb4",
            "CREATE TABLE types.every_one (id INT PRIMARY KEY, " + columns() + ")",
            "CREATE TABLE types.keyless (" + columns() + ")",
            insert("every_one", "0, ", 0),
            insert("every_one", "1, ", 1),
            insert("every_one", "2, ", 2),
            "INSERT INTO types.keyless SELECT " + names() + " FROM types.every_one",
            "CREATE TABLE types.texts (id INT PRIMARY KEY, d DECIMAL(65,30))",
            "INSERT INTO types.texts VALUES (1, 12345678901234567890123456789012345.5), (2, NULL)");
    world.catchUp("types");
    world
        .mysql()
        .execute(
            "SET sql_mode = 'ALLOW_INVALID_DATES', time_zone = '-05:00'",
            "INSERT INTO types.every_one SELECT id + 10, " + names() + " FROM types.every_one",
            "INSERT INTO types.keyless SELECT * FROM types.keyless",
            "DELETE FROM types.keyless LIMIT 2",
            "DELETE FROM types.every_one WHERE id = 1",
            "INSERT INTO types.texts VALUES (3, -0.000000000000000000000000000001)");
    world.catchUp("types");
    Map<String, String> views = PrintedSql.run(world, "types");
    assertThat(views).containsOnlyKeys("every_one", "keyless", "texts");
    Map<String, List<String>> expected = Rows.ofMySql(world, "types");
    for (String table : List.of("every_one", "keyless")) {
      List<String> found =
          Rows.ofLake(world, views.getOrDefault(table, ""), Rows.columnsOf(world, "types", table));
      assertThat(found).as(table).isEqualTo(expected.get(table));
    }
    assertThat(Rows.ofLake(world, views.getOrDefault("texts", ""), List.of("id", "d")))
        .as("more than 38 digits are text")
        .containsExactly(
            "1|12345678901234567890123456789012345.500000000000000000000000000000",
            "2|NULL",
            "3|-0.000000000000000000000000000001");
  }

  private static String columns() {
    List<String> columns = new ArrayList<>();
    TYPES.keySet().forEach(type -> columns.add("c" + columns.size() + " " + type));
    return String.join(", ", columns);
  }

  private static String names() {
    List<String> names = new ArrayList<>();
    TYPES.keySet().forEach(type -> names.add("c" + names.size()));
    return String.join(", ", names);
  }

  private static String insert(String table, String before, int nth) {
    return "INSERT INTO types."
        + table
        + " VALUES ("
        + before
        + String.join(", ", TYPES.values().stream().map(values -> values.get(nth)).toList())
        + ")";
  }
}
