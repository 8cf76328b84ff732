package io.sluice.cdc.internal.mysql;

import io.sluice.cdc.event.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Columns whose values the server makes of other columns: generated ones, and by defaults. */
public final class DerivedColumns {
  /** The server prints every name in an expression in back-quotes. */
  private static final Pattern NAME = Pattern.compile("`((?:[^`]|``)+)`");

  private DerivedColumns() {}

  /**
   * A column with an expression.
   *
   * @param sources the columns in its expression
   */
  public record Derived(TableName table, String column, Set<String> sources) {}

  /** Asks the server. */
  public static List<Derived> read(Connection connection, Collection<TableName> tables)
      throws SQLException {
    Set<TableName> wanted = new HashSet<>(tables);
    List<Derived> derived = new ArrayList<>();
    Sql.query(
        connection,
        "SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, CONCAT(IFNULL(GENERATION_EXPRESSION, ''),"
            + " IF(EXTRA LIKE '%DEFAULT_GENERATED%', IFNULL(COLUMN_DEFAULT, ''), ''))"
            + " FROM information_schema.COLUMNS WHERE (GENERATION_EXPRESSION <> '' OR EXTRA LIKE"
            + " '%DEFAULT_GENERATED%') AND "
            + Catalog.scope(wanted),
        r -> {
          TableName table = new TableName(r.getString(1), r.getString(2));
          Set<String> sources = names(r.getString(4));
          return wanted.contains(table)
              && !sources.isEmpty()
              && derived.add(new Derived(table, r.getString(3), sources));
        },
        Catalog.parameters(wanted));
    return derived;
  }

  static Set<String> names(String expression) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = NAME.matcher(expression);
    while (matcher.find()) {
      names.add(matcher.group(1).replace("``", "`"));
    }
    return names;
  }
}
