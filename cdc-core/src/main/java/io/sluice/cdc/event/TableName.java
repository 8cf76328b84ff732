package io.sluice.cdc.event;

import java.util.Comparator;

/**
 * A table of the source, spelled exactly as MySQL spells it.
 *
 * @param database the database (schema) name
 * @param table the table name
 */
public record TableName(String database, String table) implements Comparable<TableName> {
  private static final Comparator<TableName> ORDER =
      Comparator.comparing(TableName::database).thenComparing(TableName::table);

  @Override
  public int compareTo(TableName other) {
    return ORDER.compare(this, other);
  }

  /** The name for SQL, quoted with back-quotes; safe for every name MySQL allows. */
  public String quoted() {
    return quote(database) + "." + quote(table);
  }

  /** One identifier for SQL, quoted with back-quotes. */
  public static String quote(String identifier) {
    return "`" + identifier.replace("`", "``") + "`";
  }

  /** {@code database.table}, for people; not unique when a name holds a dot. */
  @Override
  public String toString() {
    return database + "." + table;
  }
}
