package io.sluice.cdc.bench.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The columns of a table and how the server makes row {@code n} of it.
 *
 * @param columns as in CREATE TABLE
 * @param values as in SELECT, over a column {@code n} that counts from 1
 */
public record Shape(List<String> columns, List<String> values) {
  public Shape {
    columns = List.copyOf(columns);
    values = List.copyOf(values);
  }

  /** Ten columns of the usual types, about 220 bytes a row. */
  public static Shape mixed() {
    return new Shape(
        List.of(
            "id BIGINT PRIMARY KEY",
            "customer INT NOT NULL",
            "amount DECIMAL(12,2) NOT NULL",
            "weight DOUBLE",
            "created DATETIME(6) NOT NULL",
            "changed TIMESTAMP(3) NULL",
            "state ENUM('new','paid','sent','done','void') NOT NULL",
            "active TINYINT NOT NULL",
            "title VARCHAR(100) NOT NULL",
            "note VARCHAR(255)"),
        List.of(
            "n",
            "CRC32(n) % 1000000",
            "(CRC32(n + 7) % 10000000) / 100",
            "CRC32(n + 3) / 65536.0",
            "TIMESTAMPADD(MICROSECOND, n * 977, '2024-01-01')",
            "IF(n % 10 = 0, NULL, TIMESTAMPADD(SECOND, n % 10000000, '2024-06-01'))",
            "1 + n % 5",
            "n % 2",
            "CONCAT('Order ', n, ' of ', MD5(n))",
            "CONCAT(MD5(n + 1), ' ', MD5(n + 2), ' ', MD5(n + 3))"));
  }

  /** Three integers. */
  public static Shape narrow() {
    return new Shape(
        List.of("id INT PRIMARY KEY", "a INT NOT NULL", "b INT NOT NULL"),
        List.of("n", "CRC32(n) % 1000000000", "n * 3"));
  }

  /** A hundred columns: integers, short texts, decimals, times and doubles in turn. */
  public static Shape wide() {
    List<String> columns = new ArrayList<>(List.of("id BIGINT PRIMARY KEY"));
    List<String> values = new ArrayList<>(List.of("n"));
    for (int i = 1; i < 100; i++) {
      columns.add(
          "c"
              + i
              + " "
              + List.of("INT", "VARCHAR(20)", "DECIMAL(10,2)", "DATETIME", "DOUBLE").get(i % 5));
      values.add(
          switch (i % 5) {
            case 0 -> "(n * " + i + ") % 2000000000";
            case 1 -> "CONCAT('value ', (n * " + i + ") % 100000)";
            case 2 -> "((n * " + i + ") % 10000000) / 100";
            case 3 -> "TIMESTAMPADD(SECOND, (n * " + i + ") % 50000000, '2024-01-01')";
            default -> "n / " + i;
          });
    }
    return new Shape(columns, values);
  }

  /**
   * A key and three texts, about 2,000 bytes a row, that compress about as badly as hexadecimal
   * digits do.
   */
  public static Shape text() {
    return new Shape(
        List.of("id BIGINT PRIMARY KEY", "subject VARCHAR(200)", "body TEXT", "answer MEDIUMTEXT"),
        List.of("n", "CONCAT('About ', MD5(n))", digits(30, 64), digits(30, 164)));
  }

  private static String digits(int hashes, int factor) {
    return IntStream.range(0, hashes)
        .mapToObj(i -> "MD5(n * " + factor + " + " + i + ")")
        .collect(Collectors.joining(", ", "CONCAT_WS(' ', ", ")"));
  }

  /** The statement that makes a table of this shape. */
  public String create(String table) {
    return "CREATE TABLE " + table + " (" + String.join(", ", columns) + ")";
  }

  /** The statement that inserts the rows from one number to another, both included. */
  public String insert(String table, long from, long to) {
    return "INSERT INTO "
        + table
        + " SELECT "
        + String.join(", ", values)
        + " FROM "
        + Numbers.TABLE
        + " WHERE n BETWEEN "
        + from
        + " AND "
        + to;
  }
}
