package io.sluice.cdc.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A MySQL column type in one normal form, whether it was read from {@code information_schema} or
 * parsed from a statement, and the one table that says how Sluice carries it.
 *
 * @param name the base type in lower case without aliases, e.g. {@code int}, {@code varchar}
 * @param length length, precision, bits or fractional second digits where the type has them, else
 *     -1
 * @param scale digits after the point for {@code decimal}, else -1
 * @param unsigned whether it is unsigned
 * @param values the values of an {@code enum} or {@code set} in order, else empty
 */
public record MySqlType(String name, int length, int scale, boolean unsigned, List<String> values) {
  private static final Pattern FORM =
      Pattern.compile("\\s*([a-z]+(?: [a-z]+)*?)\\s*(?:\\((.*)\\))?\\s*([a-z ]*)", Pattern.DOTALL);
  private static final Set<String> TEMPORAL = Set.of("time", "datetime", "timestamp");
  private static final Set<String> WITH_LENGTH =
      Set.of("char", "varchar", "binary", "varbinary", "bit", "time", "datetime", "timestamp");
  private static final int DEFAULT_VECTOR = 2048;

  /** Copies the list and fills in what MySQL leaves unsaid. */
  public MySqlType {
    values = List.copyOf(values);
  }

  /**
   * Reads {@code COLUMN_TYPE} of {@code information_schema.columns}, e.g. {@code decimal(10,2)
   * unsigned}.
   *
   * @throws IllegalArgumentException when the text is not a type
   */
  public static MySqlType parse(String columnType) {
    String text =
        columnType.startsWith("enum") || columnType.startsWith("set")
            ? columnType
            : columnType.toLowerCase(Locale.ROOT);
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException("'" + columnType + "' is not a MySQL column type");
    }
    String name = m.group(1);
    String inner = m.group(2) == null ? "" : m.group(2);
    if (name.equals("enum") || name.equals("set")) {
      return new MySqlType(name, -1, -1, false, values(inner));
    }
    List<Integer> numbers = new ArrayList<>();
    for (String part : inner.isEmpty() ? new String[0] : inner.split(",")) {
      numbers.add(Integer.parseInt(part.trim()));
    }
    int length = numbers.isEmpty() ? -1 : numbers.get(0);
    int scale = numbers.size() < 2 ? -1 : numbers.get(1);
    boolean unsigned =
        (" " + m.group(3) + " ").contains("unsigned") || m.group(3).contains("zerofill");
    return of(name, length, scale, unsigned, List.of());
  }

  /**
   * Builds the normal form from the parts of a type.
   *
   * @param name the base type or one of MySQL's aliases for it, any case
   * @param length as given, or -1
   * @param scale as given, or -1
   * @param unsigned whether it was declared unsigned (or zerofill)
   * @param values of an enum or set
   */
  public static MySqlType of(
      String name, int length, int scale, boolean unsigned, List<String> values) {
    String base = base(name.toLowerCase(Locale.ROOT));
    int normalLength = -1;
    int normalScale = -1;
    if (base.equals("decimal")) {
      normalLength = length <= 0 ? 10 : length;
      normalScale = Math.max(scale, 0);
    } else if (base.equals("float") && length > 24 && scale < 0) {
      base = "double";
    } else if (TEMPORAL.contains(base)) {
      normalLength = Math.max(length, 0);
    } else if (WITH_LENGTH.contains(base)) {
      normalLength = length < 0 ? 1 : length;
    } else if (base.equals("vector")) {
      normalLength = length < 0 ? DEFAULT_VECTOR : length;
    }
    return new MySqlType(base, normalLength, normalScale, unsigned, values);
  }

  /** Whether values are text in a character set (and so may arrive in bytes of that set). */
  public boolean isCharacter() {
    return switch (name) {
      case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set" -> true;
      default -> false;
    };
  }

  /** Whether values are numbers that are printed in plain digits. */
  public boolean isNumber() {
    return switch (name) {
      case "tinyint", "smallint", "mediumint", "int", "bigint", "decimal" -> true;
      default -> false;
    };
  }

  /** The bits of a stored whole number that count: numbers are stored as if they had a sign. */
  public long storedMask() {
    if (!unsigned) {
      return -1;
    }
    return switch (name) {
      case "tinyint" -> 0xFFL;
      case "smallint" -> 0xFFFFL;
      case "mediumint" -> 0xFFFFFFL;
      case "int" -> 0xFFFFFFFFL;
      default -> -1;
    };
  }

  /** Whether values are whole numbers of which some do not fit 64 bits with a sign. */
  public boolean mayExceedLong() {
    return name.equals("bigint") && unsigned || name.equals("bit") && length > 63;
  }

  /** Whether values are points, lines, areas or collections of them. */
  public boolean isSpatial() {
    return switch (name) {
      case "geometry",
          "point",
          "linestring",
          "polygon",
          "multipoint",
          "multilinestring",
          "multipolygon",
          "geomcollection" ->
          true;
      default -> false;
    };
  }

  /**
   * How Sluice carries values of this type: the one table that the load and the stream obey.
   *
   * @throws UnsupportedOperationException when it cannot carry them
   */
  public ColumnType columnType() {
    return switch (name) {
      case "tinyint" -> ColumnType.of(unsigned ? LogicalType.INT16 : LogicalType.INT8);
      case "smallint" -> ColumnType.of(unsigned ? LogicalType.INT32 : LogicalType.INT16);
      case "mediumint", "year" -> ColumnType.of(LogicalType.INT32);
      case "int" -> ColumnType.of(unsigned ? LogicalType.INT64 : LogicalType.INT32);
      case "bigint" -> unsigned ? ColumnType.decimal(20, 0) : ColumnType.of(LogicalType.INT64);
      case "bit" -> length > 63 ? ColumnType.decimal(20, 0) : ColumnType.of(LogicalType.INT64);
      case "decimal" ->
          length <= 38 ? ColumnType.decimal(length, scale) : ColumnType.of(LogicalType.TEXT);
      case "float" -> ColumnType.of(LogicalType.FLOAT);
      case "double" -> ColumnType.of(LogicalType.DOUBLE);
      case "date" -> ColumnType.of(LogicalType.DATE);
      case "datetime" -> ColumnType.temporal(LogicalType.DATETIME, length);
      case "timestamp" -> ColumnType.temporal(LogicalType.TIMESTAMP, length);
      case "time" -> ColumnType.temporal(LogicalType.TIME, length);
      case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set", "json" ->
          ColumnType.of(LogicalType.TEXT);
      case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "vector" ->
          ColumnType.of(LogicalType.BINARY);
      default -> {
        if (isSpatial()) {
          yield ColumnType.of(LogicalType.BINARY);
        }
        throw new UnsupportedOperationException("type " + text() + " is not supported");
      }
    };
  }

  /** The normal form as text, e.g. {@code bigint unsigned}. */
  public String text() {
    StringBuilder text = new StringBuilder(name);
    if (!values.isEmpty()) {
      text.append(
          values.stream().map(MySqlType::quoted).collect(Collectors.joining(",", "(", ")")));
    } else if (length >= 0 && !(TEMPORAL.contains(name) && length == 0)) {
      text.append('(').append(length);
      if (scale >= 0) {
        text.append(',').append(scale);
      }
      text.append(')');
    }
    return unsigned ? text.append(" unsigned").toString() : text.toString();
  }

  private static String base(String name) {
    return switch (name) {
      case "integer", "int4" -> "int";
      case "int1", "bool", "boolean" -> "tinyint";
      case "int2" -> "smallint";
      case "int3", "middleint" -> "mediumint";
      case "int8", "serial" -> "bigint";
      case "dec", "numeric", "fixed" -> "decimal";
      case "float4" -> "float";
      case "real", "double precision", "float8" -> "double";
      case "character", "nchar", "national char", "national character" -> "char";
      case "nvarchar",
          "national varchar",
          "character varying",
          "char varying",
          "varcharacter",
          "nchar varchar",
          "national character varying",
          "national char varying",
          "nchar varying",
          "nchar varcharacter",
          "national varcharacter" ->
          "varchar";
      case "long", "long varchar" -> "mediumtext";
      case "long varbinary" -> "mediumblob";
      case "geometrycollection" -> "geomcollection";
      default -> name;
    };
  }

  /**
   * A text as {@code information_schema} writes the values of an enum; {@link #unquoted} reads it.
   */
  public static String quoted(String value) {
    return "'"
        + value
            .replace("\\", "\\\\")
            .replace("'", "''")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
            .replace("\0", "\\0")
        + "'";
  }

  /** Splits {@code 'a','b''c'} into its values. */
  private static List<String> values(String inner) {
    List<String> values = new ArrayList<>();
    int from = inner.indexOf('\'');
    while (from >= 0) {
      int end = from + 1;
      while (end < inner.length() && (inner.charAt(end) != '\'' || inner.startsWith("''", end))) {
        end += inner.charAt(end) == '\'' || inner.charAt(end) == '\\' ? 2 : 1;
      }
      values.add(unquoted(inner.substring(from, Math.min(end + 1, inner.length()))));
      from = inner.indexOf('\'', end + 1);
    }
    return values;
  }

  /**
   * The text that a string literal of MySQL stands for.
   *
   * @param literal with its quotes, single or double; without them it is returned as it is
   */
  public static String unquoted(String literal) {
    char quote = literal.isEmpty() ? ' ' : literal.charAt(0);
    if (quote != '\'' && quote != '"') {
      return literal;
    }
    StringBuilder text = new StringBuilder();
    int end = literal.length() - 1;
    for (int i = 1; i < end; i++) {
      char c = literal.charAt(i);
      if (c == quote) {
        i++; // a quote is written twice
      } else if (c == '\\' && i + 1 < end) {
        c = literal.charAt(++i);
        if (c == '%' || c == '_') {
          text.append('\\'); // escaped for LIKE only
        }
        c = unescaped(c);
      }
      text.append(c);
    }
    return text.toString();
  }

  private static char unescaped(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'Z' -> '\u001a';
      case '0' -> '\0';
      default -> c;
    };
  }
}
