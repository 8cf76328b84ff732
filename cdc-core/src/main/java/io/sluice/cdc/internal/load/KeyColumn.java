package io.sluice.cdc.internal.load;

import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.MySqlType;
import io.sluice.cdc.event.TableName;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One column of a key: writes its values into statements so that they cannot be read as anything
 * else, and so that the server finds rows by the index.
 *
 * @param column the column
 * @param type its type
 * @param charset its character set, or an empty text
 * @param collation its collation, or an empty text
 */
record KeyColumn(Column column, MySqlType type, String charset, String collation) {
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?(E-?\\d+)?");
  private static final Pattern TIME = Pattern.compile("[-0-9:. ]+");

  /**
   * Character sets whose every value has one text in Unicode and comes back from it unchanged, as a
   * test asks the server. In the others two values can have one text (cp1251, for one, shows every
   * byte that it has no character for as {@code ?}), and a bound would lie at the wrong one.
   */
  static final Set<String> REVERSIBLE =
      Set.of(
          "",
          "utf8mb4",
          "utf8mb3",
          "utf8",
          "ascii",
          "latin1",
          "latin2",
          "latin5",
          "latin7",
          "cp850",
          "cp852",
          "koi8r",
          "macce",
          "macroman",
          "ucs2",
          "utf16",
          "utf16le",
          "utf32");

  /**
   * An ENUM or SET is compared by lists of its numbers; longer lists would make long statements.
   */
  private static final int MOST_VALUES = 1000;

  private static final byte[] HEX_PREFIX = {'0', 'x'};

  /** How values are put in order. */
  enum Kind {
    NUMBER,
    YEAR,
    ENUM,
    DATE,
    DATETIME,
    TIME,
    TEXT,
    BINARY
  }

  Kind kind() {
    return switch (type.name()) {
      case "year" -> Kind.YEAR;
      case "enum", "set" -> Kind.ENUM;
      case "date" -> Kind.DATE;
      case "datetime", "timestamp" -> Kind.DATETIME;
      case "time" -> Kind.TIME;
      default ->
          switch (column.type().logical()) {
            case TEXT -> type.isNumber() || type.name().equals("bit") ? Kind.NUMBER : Kind.TEXT;
            case BINARY -> Kind.BINARY;
            default -> Kind.NUMBER;
          };
    };
  }

  /** Why a table cannot be cut along this column, or null when it can. */
  @Nullable String uncuttableBecause() {
    if (kind() == Kind.ENUM && members().last() > MOST_VALUES) {
      return "its key column "
          + column.name()
          + " is of type "
          + type.name()
          + " with more than "
          + MOST_VALUES
          + " values, which would make long statements";
    }
    return REVERSIBLE.contains(charset)
        ? null
        : "its key column "
            + column.name()
            + " is text in "
            + charset
            + ", where two values can have one text in Unicode";
  }

  String name() {
    return TableName.quote(column.name());
  }

  /** The condition that a value of the column is this one. */
  String equal(String value) {
    return name() + " = " + literal(value);
  }

  /** The condition that a value of the column comes after this one. */
  String greater(String value) {
    return kind() == Kind.ENUM
        ? among(ordinal(value) + 1, members().last())
        : name() + " > " + literal(value);
  }

  /** The condition that a value of the column comes before this one. */
  String less(String value) {
    return kind() == Kind.ENUM ? among(0, ordinal(value) - 1) : name() + " < " + literal(value);
  }

  /** The condition that a value of the column does not come after this one. */
  String notGreater(String value) {
    return kind() == Kind.ENUM ? among(0, ordinal(value)) : name() + " <= " + literal(value);
  }

  /**
   * The server takes {@code <} on an ENUM as a matter of text or reads the whole index; a list of
   * numbers it looks up.
   */
  private String among(int first, int last) {
    if (first > last) {
      return "FALSE";
    }
    return IntStream.rangeClosed(first, last)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(",", name() + " IN (", ")"));
  }

  /** The values of an ENUM or SET. */
  Members members() {
    return Members.of(type);
  }

  /** The number by which the server orders a value of an ENUM or SET. */
  int ordinal(String value) {
    return members().number(value);
  }

  /** The value as a literal of SQL. */
  String literal(String value) {
    return switch (kind()) {
      case NUMBER -> number(value);
      case YEAR -> "'" + "0".repeat(Math.max(0, 4 - value.length())) + checked(NUMBER, value) + "'";
      case ENUM -> Integer.toString(ordinal(value));
      case DATE, DATETIME, TIME -> "'" + checked(TIME, value) + "'";
      case TEXT -> "_utf8mb4 x'" + hex(value.getBytes(StandardCharsets.UTF_8)) + "'";
      case BINARY ->
          "x'" + hex(HexFormat.of().parseHex(value, HEX_PREFIX.length, value.length())) + "'";
    };
  }

  private String number(String value) {
    boolean floating = type.name().equals("float") || type.name().equals("double");
    return checked(NUMBER, value) + (floating && value.indexOf('E') < 0 ? "E0" : "");
  }

  private String checked(Pattern form, String value) {
    if (!form.matcher(value).matches()) {
      throw new IllegalStateException("a bound is no value of " + column.name());
    }
    return value;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
