package io.sluice.cdc.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One table that has a column for each type of a file of cases: {@code id, c0, c1, …}. The n-th row
 * has the n-th value of every type, or NULL.
 *
 * @param table its name
 * @param columns a column for each type
 */
record TypeCases(String table, List<Column> columns) {
  private static final Pattern TYPE = Pattern.compile("(.*) \\[(.*)]");
  private static final Pattern REPEAT = Pattern.compile("REPEAT\\(([0-9A-Fa-f]+),(\\d+)\\)");

  /** A type, what DuckDB calls it, and its values. */
  record Column(String type, String duck, List<Value> values) {}

  /** A value as SQL writes it, and as DuckDB reads it. */
  record Value(String sql, String expected) {}

  /** Reads {@code types/NAME.cases}. */
  static TypeCases read(String name) {
    List<Column> columns = new ArrayList<>();
    for (String line : lines(name)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("  ")) {
        int arrow = line.indexOf(" => ");
        String expected = line.substring(arrow + 4);
        columns
            .get(columns.size() - 1)
            .values()
            .add(new Value(line.substring(2, arrow).strip(), expand(expected)));
      } else {
        Matcher type = TYPE.matcher(line);
        if (!type.matches()) {
          throw new IllegalArgumentException(name + ".cases: '" + line + "' is not a type");
        }
        columns.add(new Column(type.group(1), type.group(2), new ArrayList<>()));
      }
    }
    return new TypeCases(name, columns);
  }

  /** How many rows it takes to show every value. */
  int rows() {
    return columns.stream().mapToInt(c -> c.values().size()).max().orElse(0);
  }

  String create(String database) {
    StringBuilder sql =
        new StringBuilder(
            "CREATE TABLE " + database + "." + table + " (id INT PRIMARY KEY, touched INT");
    for (int i = 0; i < columns.size(); i++) {
      sql.append(", c").append(i).append(' ').append(columns.get(i).type());
    }
    return sql.append(") CHARACTER SET utf8mb4").toString();
  }

  /** Inserts the n-th row, counted from 0, under the id n + 1. */
  String insert(String database, int n) {
    String values =
        columns.stream()
            .map(c -> n < c.values().size() ? c.values().get(n).sql() : "NULL")
            .collect(Collectors.joining(", "));
    return "INSERT INTO " + database + "." + table + " VALUES (" + (n + 1) + ", 0, " + values + ")";
  }

  String names() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      names.add("c" + i);
    }
    return String.join(", ", names);
  }

  /** What the n-th row's values must be. */
  List<String> expected(int n) {
    return columns.stream()
        .map(c -> n < c.values().size() ? c.values().get(n).expected() : "NULL")
        .toList();
  }

  /** NULL for NULL, {@code «NULL»} for that word; bytes and {@code x:…} texts in hexadecimal. */
  private static String expand(String text) {
    if (text.startsWith("«") && text.endsWith("»")) {
      String inner = text.substring(1, text.length() - 1);
      return inner.equals("NULL") ? text : inner;
    }
    boolean bytes = text.startsWith("0x");
    if (!bytes && !text.startsWith("x:")) {
      return text;
    }
    String hex =
        REPEAT
            .matcher(text.substring(2))
            .replaceAll(m -> m.group(1).repeat(Integer.parseInt(m.group(2))));
    return bytes
        ? "0x" + hex.toUpperCase(Locale.ROOT)
        : new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
  }

  private static List<String> lines(String name) {
    try (InputStream in =
        Objects.requireNonNull(TypeCases.class.getResourceAsStream("types/" + name + ".cases"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
