package io.sluice.cdc.config;

import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import java.util.Collection;
import java.util.regex.Pattern;

/**
 * A pattern over {@code database.table.column}: {@code *} stands for any characters, {@code ?} for
 * one; a name that holds a dot, {@code *} or {@code ?} is put in back-quotes. Letters of databases
 * and tables match exactly as they are written, those of columns in any case, as in MySQL.
 * Immutable.
 */
public final class ColumnPattern {
  private final String text;
  private final TablePattern tables;
  private final Pattern column;

  private ColumnPattern(String text, TablePattern tables, Pattern column) {
    this.text = text;
    this.tables = tables;
    this.column = column;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException when it has not the form {@code database.table.column}
   */
  public static ColumnPattern parse(String text) {
    int dot = lastDot(text);
    // The pattern for a table is one for a column, too; it wants a database before it.
    String column = TablePattern.parse("*." + text.substring(dot + 1)).tableRegex();
    return new ColumnPattern(
        text,
        TablePattern.parse(text.substring(0, dot)),
        Pattern.compile(column, Pattern.DOTALL | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
  }

  /** Whether the column is meant. */
  public boolean matches(TableName table, String name) {
    return column.matcher(name).matches() && tables.matches(table);
  }

  /**
   * Adds a problem when no column is meant.
   *
   * @param key the setting that has this pattern
   * @param tables the structures of all included tables
   */
  public void requireAny(String key, Collection<TableSchema> tables, Problems problems) {
    for (TableSchema table : tables) {
      if (table.columns().stream().anyMatch(c -> matches(table.table(), c.name()))) {
        return;
      }
    }
    problems.add(
        key,
        this,
        "matches no column of an included table; correct or remove it (letters of databases and tables"
            + " match exactly as they are written)");
  }

  private static int lastDot(String text) {
    boolean quoted = false;
    int dots = 0;
    int last = -1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted ^= c == '`';
      if (c == '.' && !quoted) {
        dots++;
        last = i;
      }
    }
    if (dots != 2 || last == text.length() - 1) {
      throw new IllegalArgumentException(
          "is not a column pattern; write database.table.column, e.g. shop.*.price");
    }
    return last;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ColumnPattern that && that.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The text it was read from. */
  @Override
  public String toString() {
    return text;
  }
}
