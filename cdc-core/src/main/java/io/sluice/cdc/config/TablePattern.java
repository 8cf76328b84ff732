package io.sluice.cdc.config;

import io.sluice.cdc.event.TableName;
import java.util.regex.Pattern;

/**
 * A pattern over {@code database.table}: {@code *} stands for any characters, {@code ?} for one.
 * The first dot outside back-quotes parts the two; a name that holds a dot, {@code *} or {@code ?}
 * is put in back-quotes. Letters match exactly as they are written.
 */
public final class TablePattern {
  private final String text;
  private final String databaseText;
  private final Pattern database;
  private final Pattern table;

  private TablePattern(String text, String databaseText, Pattern database, Pattern table) {
    this.text = text;
    this.databaseText = databaseText;
    this.database = database;
    this.table = table;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException when it has not the form {@code database.table}
   */
  public static TablePattern parse(String text) {
    StringBuilder regex = new StringBuilder();
    StringBuilder plain = new StringBuilder();
    Pattern database = null;
    String databaseText = "";
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '`') {
        if (quoted && i + 1 < text.length() && text.charAt(i + 1) == '`') {
          append(regex, plain, '`');
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (!quoted && c == '.' && database == null) {
        database = Pattern.compile(regex.toString(), Pattern.DOTALL);
        databaseText = plain.toString();
        regex.setLength(0);
      } else if (!quoted && c == '*') {
        regex.append(".*");
        plain.append(c);
      } else if (!quoted && c == '?') {
        regex.append('.');
        plain.append(c);
      } else {
        append(regex, plain, c);
      }
    }
    if (quoted || database == null || database.pattern().isEmpty() || regex.isEmpty()) {
      throw new IllegalArgumentException(
          "is not a table pattern; write database.table, e.g. shop.* or shop.order_items");
    }
    return new TablePattern(
        text, databaseText, database, Pattern.compile(regex.toString(), Pattern.DOTALL));
  }

  /**
   * Letters and digits stand for themselves; everything else is written as a code, so that lists of
   * patterns can be cut at commas.
   */
  private static void append(StringBuilder regex, StringBuilder plain, char c) {
    plain.append(c);
    if (Character.isLetterOrDigit(c) || c == '_') {
      regex.append(c);
    } else {
      regex.append(String.format("\\u%04x", (int) c));
    }
  }

  /** The database's part as it was written, without back-quotes. */
  public String databaseText() {
    return databaseText;
  }

  /** The database's part as a regular expression. */
  public String databaseRegex() {
    return database.pattern();
  }

  /** The table's part as a regular expression. */
  public String tableRegex() {
    return table.pattern();
  }

  /** Whether it can mean one table only. */
  public boolean isName() {
    return !database.pattern().contains(".") && !table.pattern().contains(".");
  }

  /** Whether the table is meant. */
  public boolean matches(TableName name) {
    return matchesDatabase(name.database()) && table.matcher(name.table()).matches();
  }

  /** Whether a table of this database can be meant. */
  public boolean matchesDatabase(String name) {
    return database.matcher(name).matches();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TablePattern that && that.text.equals(text);
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
