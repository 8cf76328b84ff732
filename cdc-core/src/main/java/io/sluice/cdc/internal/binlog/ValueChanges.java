package io.sluice.cdc.internal.binlog;

import io.debezium.relational.Column;
import io.debezium.relational.Table;
import io.sluice.cdc.event.MySqlType;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether an ALTER TABLE leaves a reader of older files, who takes columns by their names, with
 * values other than MySQL's. What cannot be shown to be harmless is not.
 */
final class ValueChanges {
  private static final Set<String> UNICODE =
      Set.of("utf8mb4", "utf16", "utf16le", "utf32", "gb18030");
  private static final List<String> INTEGERS =
      List.of("tinyint", "smallint", "mediumint", "int", "bigint");
  private static final List<String> TEXTS = List.of("tinytext", "text", "mediumtext", "longtext");
  private static final List<String> BLOBS = List.of("tinyblob", "blob", "mediumblob", "longblob");

  private final Table before;
  private final Table after;
  private final AlterSpecs specs;
  private final Set<String> droppedBefore;

  /**
   * @param droppedBefore columns, lower case, that older files have and the table had no more
   */
  ValueChanges(Table before, Table after, AlterSpecs specs, Set<String> droppedBefore) {
    this.before = before;
    this.after = after;
    this.specs = specs;
    this.droppedBefore = droppedBefore;
  }

  /** What changed, or an empty text. */
  String reason(List<String> keyBefore, List<String> keyAfter) {
    if (!specs.rows().isEmpty()) {
      return specs.rows();
    }
    if (!keyBefore.equals(keyAfter)) {
      return "changes its key";
    }
    if (specs.renamesColumns()) {
      return "renames a column";
    }
    for (Column column : after.columns()) {
      Column old = old(column);
      String reason = old == null ? added(column) : altered(old, column);
      if (!reason.isEmpty()) {
        return reason;
      }
    }
    return "";
  }

  /** By the exact name: readers know columns by it, also where MySQL sees no difference in case. */
  private @Nullable Column old(Column column) {
    return before.columns().stream()
        .filter(c -> c.name().equals(column.name()))
        .findFirst()
        .orElse(null);
  }

  private String added(Column column) {
    String name = column.name().toLowerCase(Locale.ROOT);
    if (specs.redefined().stream().anyMatch(r -> after.columnWithName(r) == null)
        || before.columnWithName(column.name()) != null) {
      return "renames a column to " + column.name();
    }
    if (specs.fills() || column.isGenerated() || !column.isOptional()) {
      return "adds columns with values";
    }
    return droppedBefore.contains(name)
        ? "adds column " + column.name() + " again, which older files have with other values"
        : "";
  }

  private String altered(Column old, Column column) {
    String name = column.name().toLowerCase(Locale.ROOT);
    if (specs.dropped().contains(name)) {
      return "drops column " + column.name() + " and adds it again";
    }
    if (column.isGenerated() != old.isGenerated()
        || (column.isGenerated() && specs.redefined().contains(name))) {
      return "changes what column " + column.name() + " is generated from";
    }
    if (old.isOptional() && !column.isOptional() && !old.isAutoIncremented()) {
      return "forbids NULL in column " + column.name();
    }
    MySqlType from = StreamTables.type(old);
    MySqlType to = StreamTables.type(column);
    if (!holdsAll(from, to)) {
      return "changes column " + column.name() + " from " + from.text() + " to " + to.text();
    }
    return from.isCharacter() && !holdsAllCharacters(old.charsetName(), column.charsetName())
        ? "converts column " + column.name() + " to " + column.charsetName()
        : "";
  }

  private static boolean holdsAllCharacters(@Nullable String from, @Nullable String to) {
    return to == null || to.equals(from) || "ascii".equals(from) || UNICODE.contains(to);
  }

  /** Whether every value of a type is the same value in the other one. */
  static boolean holdsAll(MySqlType from, MySqlType to) {
    if (from.equals(to)) {
      return true;
    }
    return switch (from.name()) {
      case "tinyint", "smallint", "mediumint", "int", "bigint" -> widerInteger(from, to);
      case "decimal" -> widerDecimal(from, to);
      case "time", "datetime", "timestamp" ->
          to.name().equals(from.name()) && to.length() >= from.length();
      case "char", "varchar", "tinytext", "text", "mediumtext", "longtext" -> longerText(from, to);
      case "varbinary", "tinyblob", "blob", "mediumblob", "longblob" -> longerBytes(from, to);
      case "bit" ->
          to.name().equals("bit") && to.length() >= from.length() && sameStorage(from, to);
      case "enum" -> to.name().equals("enum") && to.values().containsAll(from.values());
      case "set" -> to.name().equals("set") && startsWith(to.values(), from.values());
      default -> false;
    };
  }

  private static boolean sameStorage(MySqlType from, MySqlType to) {
    return from.columnType().equals(to.columnType());
  }

  private static boolean widerInteger(MySqlType from, MySqlType to) {
    int small = INTEGERS.indexOf(from.name());
    int large = INTEGERS.indexOf(to.name());
    if (large < 0) {
      return false;
    }
    if (from.unsigned() == to.unsigned()) {
      return large >= small;
    }
    return from.unsigned() && large > small;
  }

  private static boolean widerDecimal(MySqlType from, MySqlType to) {
    return to.name().equals("decimal")
        && to.scale() >= from.scale()
        && to.length() - to.scale() >= from.length() - from.scale()
        && (from.unsigned() || !to.unsigned())
        && from.columnType().logical() == to.columnType().logical();
  }

  private static boolean longerText(MySqlType from, MySqlType to) {
    int small = TEXTS.indexOf(from.name());
    int large = TEXTS.indexOf(to.name());
    if (small >= 0) {
      return large >= small;
    }
    if (large >= 0) {
      return large > 0 || from.length() <= 63;
    }
    return (to.name().equals("varchar") || to.name().equals(from.name()))
        && to.length() >= from.length();
  }

  private static boolean longerBytes(MySqlType from, MySqlType to) {
    int small = BLOBS.indexOf(from.name());
    int large = BLOBS.indexOf(to.name());
    if (small >= 0) {
      return large >= small;
    }
    return large > 0 || (to.name().equals("varbinary") && to.length() >= from.length());
  }

  private static boolean startsWith(List<String> all, List<String> first) {
    return all.size() >= first.size() && all.subList(0, first.size()).equals(first);
  }
}
