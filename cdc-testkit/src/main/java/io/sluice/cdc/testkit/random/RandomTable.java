package io.sluice.cdc.testkit.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A table of random columns with random values at the edges of their types, and random statements
 * on it, for tests that let MySQL and the files be compared afterwards. Some statements are refused
 * by MySQL, some types are not known to older servers; that is fine. The same {@link Random} makes
 * the same statements. Used by one thread.
 */
public final class RandomTable {
  private record Type(String sql, List<String> values) {}

  private record Col(String name, Type type) {}

  private static final List<Type> TYPES =
      List.of(
          type("TINYINT", "-128", "127"),
          type("TINYINT UNSIGNED", "255", "0"),
          type("SMALLINT", "-32768", "32767"),
          type("MEDIUMINT UNSIGNED", "16777215", "0"),
          type("INT", "-2147483648", "2147483647"),
          type("INT UNSIGNED", "4294967295", "7"),
          type("BIGINT", "-9223372036854775808", "9223372036854775807"),
          type("BIGINT UNSIGNED", "18446744073709551615", "0"),
          type("DECIMAL(12,3)", "-999999999.999", "0.001"),
          type("DECIMAL(38,10)", "-9999999999999999999999999999.9999999999", "1"),
          type("FLOAT", "-1.5", "3.4028234e38"),
          type("DOUBLE", "0.1", "-1.7976931348623157e308"),
          type("BIT(9)", "b'101010101'", "b'0'"),
          type("YEAR", "1901", "2155"),
          type("DATE", "'1000-01-01'", "'9999-12-31'"),
          type("DATETIME(6)", "'9999-12-31 23:59:59.999999'", "'1000-01-01 00:00:00'"),
          type("DATETIME", "'2024-02-29 12:00:00'", "'1969-12-31 23:59:59'"),
          type("TIMESTAMP(3) NULL", "'1970-01-01 00:00:01.001'", "'2038-01-19 03:14:07'"),
          type("TIME(2)", "'-838:59:59'", "'00:00:00.01'"),
          type("CHAR(7)", "'ab  '", "'ä€'"),
          type("VARCHAR(40)", "''", "'it''s \\\\ \"x\"'", "'Ünï'"),
          type("VARCHAR(40) CHARACTER SET latin1", "'größe'", "''"),
          type("VARCHAR(40) CHARACTER SET utf16", "'漢字'", "'a'"),
          type("TEXT", "REPEAT('t', 400)", "''"),
          type("MEDIUMTEXT CHARACTER SET latin1", "'é'", "'x'"),
          type("BINARY(5)", "x'00'", "x'6100000000'"),
          type("VARBINARY(9)", "x'0000'", "x''"),
          type("BLOB", "x'ff00ff'", "REPEAT(x'00', 300)"),
          type("ENUM('', 'a', 'b,c', 'd''e')", "'b,c'", "'d''e'", "''"),
          type("SET('x', 'y', 'z')", "'x,z'", "''"),
          type("SMALLINT UNSIGNED ZEROFILL", "65535", "0"),
          type("TINYINT(1)", "5", "-1"),
          type("FLOAT(7,3)", "-1.125", "9999.5"),
          type("BIT(64)", "18446744073709551615", "1"),
          type("DECIMAL(65,30)", "-0.000000000000000000000000000001", "12345678901234567890"),
          type("TIMESTAMP(6) NULL", "'2024-10-27 01:30:00.000001'"),
          type("TIME(6)", "'838:59:59'", "'-00:00:00.000001'"),
          type("TINYTEXT", "'ß'", "''"),
          type("LONGTEXT CHARACTER SET utf32", "'𝄞'", "REPEAT('u', 70)"),
          type("VARCHAR(20) CHARACTER SET gbk", "'汉字'"),
          type("VARCHAR(20) CHARACTER SET sjis", "'表ソ'"),
          type("VARCHAR(20) CHARACTER SET cp1251", "'Привет'"),
          type("CHAR(9) BINARY", "' a '", "'A'"),
          type("LONGBLOB", "REPEAT(x'ab', 1000)", "x''"),
          type("POINT", "ST_GeomFromText('POINT(1.5 -2)')"),
          type("GEOMETRY", "ST_GeomFromText('LINESTRING(0 0, 1 1)', 4326)"),
          type("INT GENERATED ALWAYS AS (20 + 1) VIRTUAL", "DEFAULT"),
          type("VARCHAR(9) GENERATED ALWAYS AS (UPPER('gen')) STORED", "DEFAULT"),
          type("VARCHAR(9) DEFAULT 'preset'", "DEFAULT", "'other'"),
          type("DATE DEFAULT (CURRENT_DATE)", "'2024-02-29'"),
          type("INT INVISIBLE", "7"),
          type("VECTOR(2)", "STRING_TO_VECTOR('[1.5, -2]')"),
          type("JSON", "'{\"b\": [1, 2.5, null], \"a\": \"ä\"}'", "'\"t\"'"));

  private static final List<String> NAMES =
      List.of("a", "B", "key", "or der", "x.y", "back`tick", "ö", "percent%", "$d", "select");

  private final String database;
  private final String name;
  private final Random random;
  private final List<Col> columns = new ArrayList<>();
  private final String create;
  private List<Col> before = List.of();
  private int nextKey;
  private int made;

  /**
   * A table that is not made yet.
   *
   * @param database where it is to be
   * @param number part of its name
   * @param random what decides
   */
  public RandomTable(String database, int number, Random random) {
    this.random = random;
    this.database = database;
    this.name = "t" + number + (random.nextInt(5) == 0 ? ".odd name" : "");
    int count = 1 + random.nextInt(7);
    for (int i = 0; i < count; i++) {
      columns.add(new Col(any(NAMES) + made++, any(TYPES)));
    }
    String body = columns.stream().map(RandomTable::definition).collect(Collectors.joining(", "));
    String charset =
        any(List.of("", " CHARACTER SET latin1", " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"));
    create = "CREATE TABLE " + quoted() + " (" + key() + body + ")" + charset;
  }

  /** The database. */
  public String database() {
    return database;
  }

  /** The table's name. */
  public String table() {
    return name;
  }

  /** The statement that makes it. */
  public String create() {
    return create;
  }

  /** With a key of one column, of two, of a unique index, or without. */
  private String key() {
    return switch (random.nextInt(6)) {
      case 0 -> "_id INT NOT NULL, ";
      case 1 -> "_id INT NOT NULL, UNIQUE (_id), ";
      case 2 -> "_id INT, _half CHAR(3) DEFAULT 'k', PRIMARY KEY (_half, _id), ";
      case 3 -> "_id BIGINT AUTO_INCREMENT PRIMARY KEY, ";
      default -> "_id INT PRIMARY KEY, ";
    };
  }

  /** A row. */
  public String insert() {
    String names = columns.stream().map(c -> quote(c.name)).collect(Collectors.joining(", "));
    String values = columns.stream().map(c -> value(c.type)).collect(Collectors.joining(", "));
    String separator = columns.isEmpty() ? "" : ", ";
    return "INSERT INTO "
        + quoted()
        + " (_id"
        + separator
        + names
        + ") VALUES ("
        + nextKey++
        + separator
        + values
        + ")";
  }

  /** A random statement on its rows. */
  public String change() {
    if (columns.isEmpty() || random.nextInt(4) == 0) {
      return insert();
    }
    int key = random.nextInt(Math.max(1, nextKey));
    Col column = any(columns);
    return switch (random.nextInt(9)) {
      case 0 -> "DELETE FROM " + quoted() + " WHERE _id = " + key;
      case 1 -> "UPDATE " + quoted() + " SET _id = _id + 100000 WHERE _id = " + key;
      case 2 -> random.nextInt(6) == 0 ? "TRUNCATE TABLE " + quoted() : insert();
      case 3 -> insert();
      case 4 -> "REPLACE" + insert().substring("INSERT".length());
      default ->
          "UPDATE "
              + quoted()
              + " SET "
              + quote(column.name)
              + " = "
              + value(column.type)
              + " WHERE _id <= "
              + key;
    };
  }

  /** A random statement on the structure; what it makes of the columns is noted as if it worked. */
  public String alter() {
    before = List.copyOf(columns);
    if (columns.size() < 2) {
      return add("");
    }
    Col column = any(columns);
    String quoted = quote(column.name);
    return switch (random.nextInt(14)) {
      case 0 -> add(" FIRST");
      case 1 -> add(" AFTER _id");
      case 2 -> add(" DEFAULT NULL");
      case 3 -> add(" NOT NULL");
      case 4 -> {
        columns.remove(column);
        yield "ALTER TABLE " + quoted() + " DROP COLUMN " + quoted;
      }
      case 5 -> replace(column, "RENAME COLUMN " + quoted + " TO %s", newName(), column.type);
      case 6 -> {
        Type type = any(TYPES);
        yield replace(column, "CHANGE " + quoted + " %s " + type.sql, newName(), type);
      }
      case 7 -> {
        Type type = any(TYPES);
        yield replace(column, "MODIFY %s " + type.sql + " FIRST", column.name, type);
      }
      case 8 -> "ALTER TABLE " + quoted() + " CONVERT TO CHARACTER SET utf8mb4";
      case 9 ->
          "ALTER TABLE "
              + quoted()
              + " DEFAULT CHARACTER SET "
              + any(List.of("latin1", "utf8", "cp1251"));
      case 10 -> "ALTER TABLE " + quoted() + " DROP PRIMARY KEY";
      case 11 -> {
        String aside = quote(database) + "." + quote(name + " aside");
        yield "RENAME TABLE " + quoted() + " TO " + aside + ", " + aside + " TO " + quoted();
      }
      case 12 -> "ALTER TABLE " + quoted() + " ALTER COLUMN " + quoted + " SET DEFAULT NULL";
      default -> "ALTER TABLE " + quoted() + " ADD INDEX (_id), COMMENT = 'x'";
    };
  }

  /** The last {@link #alter} was refused. */
  public void refused() {
    columns.clear();
    columns.addAll(before);
  }

  private String add(String more) {
    Col column = new Col(newName(), any(TYPES));
    columns.add(column);
    String definition = definition(column);
    boolean nullable = definition.endsWith(" NULL") && more.equals(" NOT NULL");
    return "ALTER TABLE " + quoted() + " ADD COLUMN " + definition + (nullable ? "" : more);
  }

  private String replace(Col old, String how, String name, Type type) {
    columns.set(columns.indexOf(old), new Col(name, type));
    return "ALTER TABLE " + quoted() + " " + how.replace("%s", quote(name));
  }

  private String newName() {
    return any(NAMES) + random.nextInt(++made);
  }

  private String value(Type type) {
    int choice = random.nextInt(type.values.size() + 1);
    return choice == type.values.size() ? "NULL" : type.values.get(choice);
  }

  private String quoted() {
    return quote(database) + "." + quote(name);
  }

  private static String quote(String text) {
    return "`" + text.replace("`", "``") + "`";
  }

  private static String definition(Col column) {
    return quote(column.name) + " " + column.type.sql;
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private static Type type(String sql, String... values) {
    return new Type(sql, List.of(values));
  }
}
