package io.sluice.cdc.testkit.internal.check;

import java.util.Comparator;

/** A table, spelled as MySQL spells it. */
public record TableId(String database, String table) implements Comparable<TableId> {
  private static final Comparator<TableId> ORDER =
      Comparator.comparing(TableId::database).thenComparing(TableId::table);

  @Override
  public int compareTo(TableId other) {
    return ORDER.compare(this, other);
  }

  /** For MySQL's SQL. */
  String quoted() {
    return quote(database) + "." + quote(table);
  }

  static String quote(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  @Override
  public String toString() {
    return database + "." + table;
  }
}
