package io.sluice.cdc.bench.torture.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A column of every kind, with values at the edges of each. */
final class Kinds {
  private record Kind(String name, String type, List<String> values) {}

  private static final List<Kind> ALL =
      List.of(
          kind("c_tiny", "TINYINT", "-128", "127", "0"),
          kind("c_utiny", "TINYINT UNSIGNED", "255", "0"),
          kind("c_medium", "MEDIUMINT", "-8388608", "8388607"),
          kind("c_uint", "INT UNSIGNED", "4294967295", "0"),
          kind("c_big", "BIGINT", "-9223372036854775808", "9223372036854775807"),
          kind("c_ubig", "BIGINT UNSIGNED", "18446744073709551615", "0"),
          kind(
              "c_dec",
              "DECIMAL(38,10)",
              "-9999999999999999999999999999.9999999999",
              "0.0000000001",
              "-7.25"),
          kind("c_float", "FLOAT", "3.4028234e38", "-1.5", "0.1"),
          kind("c_double", "DOUBLE", "1.7976931348623157e308", "-0.1", "5e-324"),
          kind("c_bit", "BIT(12)", "b'101010101010'", "b'0'"),
          kind("c_year", "YEAR", "1901", "2155"),
          kind("c_date", "DATE", "'1000-01-01'", "'9999-12-31'", "'1970-01-01'"),
          kind(
              "c_datetime",
              "DATETIME(6)",
              "'1000-01-01 00:00:00.000000'",
              "'9999-12-31 23:59:59.999999'"),
          kind(
              "c_stamp",
              "TIMESTAMP(3) NULL",
              "'1970-01-01 00:00:01.001'",
              "'2038-01-19 03:14:07.000'"),
          kind(
              "c_time",
              "TIME(6)",
              "'-838:59:59.000000'",
              "'838:59:59.000000'",
              "'00:00:00.000001'"),
          kind("c_char", "CHAR(5)", "''", "'abc  '", "'äöü€𝄞'"),
          kind(
              "c_varchar",
              "VARCHAR(60)",
              "''",
              "'it''s \"quoted\" \\\\ and \\n broken'",
              "'😀 emoji'"),
          kind("c_latin", "VARCHAR(20) CHARACTER SET latin1", "'Übergröße'", "'plain'"),
          kind("c_text", "TEXT", "REPEAT('text ', 300)", "''"),
          kind("c_binary", "BINARY(6)", "x'00'", "x'ff00ff00ff00'", "x'616200000000'"),
          kind("c_varbinary", "VARBINARY(20)", "x'0000'", "x''", "x'ff'"),
          kind("c_blob", "BLOB", "x'00ff00'", "x''", "REPEAT(x'00', 400)"),
          kind("c_enum", "ENUM('', 'a', 'b,c')", "'a'", "'b,c'", "''"),
          kind("c_set", "SET('x', 'y', 'z')", "''", "'x,z'", "'y'"),
          kind(
              "c_json",
              "JSON",
              "'{\"b\": [1, 2.5, null], \"a\": \"ä\"}'",
              "'[]'",
              "'\"text\"'",
              "'true'"));

  private Kinds() {}

  private static Kind kind(String name, String type, String... values) {
    return new Kind(name, type, List.of(values));
  }

  /** For CREATE TABLE. */
  static String columns() {
    return String.join(", ", ALL.stream().map(k -> k.name() + " " + k.type()).toList());
  }

  /** Rows that hold every edge value at least once, and one of NULLs. */
  static List<String> edges() {
    int most = ALL.stream().mapToInt(k -> k.values().size()).max().orElse(0);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      int turn = i;
      rows.add(
          String.join(
              ", ", ALL.stream().map(k -> k.values().get(turn % k.values().size())).toList()));
    }
    rows.add(String.join(", ", ALL.stream().map(k -> "NULL").toList()));
    return rows;
  }

  /** A row of random values. */
  static String row(Random random) {
    return String.join(", ", ALL.stream().map(k -> value(k, random)).toList());
  }

  /** {@code column = value} for one random column. */
  static String assignment(Random random) {
    Kind kind = ALL.get(random.nextInt(ALL.size()));
    return kind.name() + " = " + value(kind, random);
  }

  private static String value(Kind kind, Random random) {
    int choice = random.nextInt(kind.values().size() + 1);
    return choice == kind.values().size() ? "NULL" : kind.values().get(choice);
  }
}
