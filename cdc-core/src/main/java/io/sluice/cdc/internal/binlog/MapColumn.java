package io.sluice.cdc.internal.binlog;

import com.github.shyiko.mysql.binlog.event.deserialization.ColumnType;
import io.sluice.cdc.event.MySqlType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One column as a table map event tells it: a type code and two bytes more, see {@code
 * Table_map_event} in MySQL's sources.
 */
final class MapColumn {
  private static final Set<String> FOUR_BYTES =
      Set.of("utf8mb4", "utf16", "utf16le", "utf32", "gb18030");
  private static final Set<String> THREE_BYTES = Set.of("utf8", "utf8mb3", "ujis", "eucjpms");
  private static final Set<String> TWO_BYTES =
      Set.of("ucs2", "gbk", "gb2312", "big5", "sjis", "cp932", "euckr");

  private MapColumn() {}

  /**
   * What the event tells instead of the type; empty when both agree.
   *
   * @param charset the known character set of the column, or null
   * @param code the type's code
   * @param meta the two bytes, as the binlog client reads them
   */
  static String difference(MySqlType type, @Nullable String charset, int code, int meta) {
    ColumnType found = ColumnType.byCode(code);
    if (found == null) {
      return "of the unknown type " + code;
    }
    boolean same =
        switch (found) {
          case TINY -> type.name().equals("tinyint");
          case SHORT -> type.name().equals("smallint");
          case INT24 -> type.name().equals("mediumint");
          case LONG -> type.name().equals("int");
          case LONGLONG -> type.name().equals("bigint");
          case FLOAT -> type.name().equals("float");
          case DOUBLE -> type.name().equals("double");
          case YEAR -> type.name().equals("year");
          case DATE, NEWDATE -> type.name().equals("date");
          case JSON -> type.name().equals("json");
          case TIME -> type.name().equals("time");
          case DATETIME -> type.name().equals("datetime");
          case TIMESTAMP -> type.name().equals("timestamp");
          case TIME_V2 -> type.name().equals("time") && meta == type.length();
          case DATETIME_V2 -> type.name().equals("datetime") && meta == type.length();
          case TIMESTAMP_V2 -> type.name().equals("timestamp") && meta == type.length();
          case NEWDECIMAL ->
              type.name().equals("decimal")
                  && (meta & 0xff) == type.length()
                  && meta >> 8 == type.scale();
          case BIT -> type.name().equals("bit") && (meta >> 8) * 8 + (meta & 0xff) == type.length();
          case BLOB, TINY_BLOB, MEDIUM_BLOB, LONG_BLOB ->
              type.name().endsWith("text") || type.name().endsWith("blob");
          case VARCHAR, VAR_STRING -> isVariable(type, charset, meta);
          case STRING -> isFixed(type, charset, meta);
          case ENUM -> type.name().equals("enum");
          case SET -> type.name().equals("set");
          default -> true; // of a type that nobody here knows more of
        };
    return same ? "" : found.name() + "(" + words(found, meta) + ")";
  }

  // The engine's parser takes the length 0 for a default; there is only one text of that length.
  private static boolean isVariable(MySqlType type, @Nullable String charset, int bytes) {
    return type.name().equals("varbinary")
        ? bytes == type.length()
        : type.name().equals("varchar")
            && (bytes == 0 || bytes == type.length() * bytesEach(charset));
  }

  private static boolean isFixed(MySqlType type, @Nullable String charset, int meta) {
    int code = (meta >> 8) | 0x30;
    if (code == ColumnType.ENUM.getCode()) {
      return type.name().equals("enum");
    }
    if (code == ColumnType.SET.getCode()) {
      return type.name().equals("set");
    }
    int bytes = fixedBytes(meta);
    return type.name().equals("binary")
        ? bytes == type.length()
        : type.name().equals("char") && (bytes == 0 || bytes == type.length() * bytesEach(charset));
  }

  /** Lengths above 255 are told in two bits of the type that are otherwise always set. */
  private static int fixedBytes(int meta) {
    return (meta & 0xff) | (((meta >> 8 & 0x30) ^ 0x30) << 4);
  }

  private static int bytesEach(@Nullable String charset) {
    String name = charset == null ? "utf8mb4" : charset.toLowerCase(java.util.Locale.ROOT);
    if (FOUR_BYTES.contains(name)) {
      return 4;
    }
    if (THREE_BYTES.contains(name)) {
      return 3;
    }
    return TWO_BYTES.contains(name) ? 2 : 1;
  }

  private static String words(ColumnType type, int meta) {
    return switch (type) {
      case STRING -> fixedBytes(meta) + " bytes";
      case VARCHAR -> meta + " bytes";
      case NEWDECIMAL -> (meta & 0xff) + "," + (meta >> 8);
      default -> String.valueOf(meta);
    };
  }
}
