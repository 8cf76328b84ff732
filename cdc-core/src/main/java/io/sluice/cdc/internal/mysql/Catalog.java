package io.sluice.cdc.internal.mysql;

import io.sluice.cdc.config.ColumnRule;
import io.sluice.cdc.config.Problems;
import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.config.TablePattern;
import io.sluice.cdc.config.TypesConfig;
import io.sluice.cdc.error.UnsupportedColumnException;
import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.MySqlType;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads which tables there are and how they are built. Base tables only. */
public final class Catalog {
  /** What to do about a column that cannot be carried. */
  public static final String REFUSED_REMEDY =
      "Exclude their tables with source.exclude, or change the columns or their rules in types.columns";

  private final SourceConfig source;
  private final TypesConfig types;

  /** Nothing is read yet. */
  public Catalog(SourceConfig source, TypesConfig types) {
    this.source = source;
    this.types = types;
  }

  /**
   * The names of the included tables, sorted.
   *
   * @throws io.sluice.cdc.error.ConfigurationException when an include pattern matches no table
   */
  public List<TableName> tables(Connection connection) throws SQLException {
    List<TableName> all =
        Sql.query(
            connection,
            "SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES WHERE TABLE_TYPE = 'BASE TABLE'",
            r -> new TableName(r.getString(1), r.getString(2)));
    checkPatterns(all);
    return all.stream().filter(source::includes).sorted().toList();
  }

  /**
   * An excluded name that no table has is a misspelled one, or that of a table which now has
   * another name and would be read; a pattern may be for tables to come.
   */
  private void checkPatterns(List<TableName> all) {
    Problems problems = new Problems();
    for (TablePattern pattern : source.include()) {
      if (all.stream().noneMatch(t -> !SourceConfig.isSystem(t.database()) && pattern.matches(t))) {
        problems.add(
            "source.include", pattern, matchesNone("correct or remove it, or grant SELECT"));
      }
    }
    for (TablePattern pattern : source.exclude()) {
      if (pattern.isName() && all.stream().noneMatch(pattern::matches)) {
        problems.add("source.exclude", pattern, matchesNone("correct or remove it"));
      }
    }
    problems.throwIfAny();
  }

  private String matchesNone(String remedy) {
    return "matches no table that the user '"
        + source.user()
        + "' can see; "
        + remedy
        + " (letters match exactly as they are written)";
  }

  /**
   * The structures of the included tables.
   *
   * @throws io.sluice.cdc.error.ConfigurationException when an include pattern matches no table
   * @throws UnsupportedColumnException with every column that cannot be carried
   */
  public List<TableSchema> read(Connection connection) throws SQLException {
    return read(connection, tables(connection));
  }

  /**
   * The structures of these tables; one that does not exist is left out.
   *
   * @throws UnsupportedColumnException with every column that cannot be carried
   */
  public List<TableSchema> read(Connection connection, Collection<TableName> tables)
      throws SQLException {
    Survey survey = survey(connection, tables);
    if (!survey.refused().isEmpty()) {
      throw new UnsupportedColumnException(
          "These columns cannot be carried: " + String.join("; ", survey.refused()),
          REFUSED_REMEDY);
    }
    return survey.schemas();
  }

  /**
   * Structures, and what cannot be carried of them.
   *
   * @param schemas the structures without the refused columns
   * @param refused every column that cannot be carried, with the reason
   */
  public record Survey(List<TableSchema> schemas, List<String> refused) {}

  /** As {@link #read}, but tells of columns that cannot be carried instead of refusing them. */
  public Survey survey(Connection connection, Collection<TableName> tables) throws SQLException {
    Set<TableName> wanted = new HashSet<>(tables);
    List<String> refused = new ArrayList<>();
    Map<TableName, TableFacts> facts = TableFacts.read(connection, wanted);
    List<TableSchema> schemas = new ArrayList<>();
    for (TableName table : tables) {
      TableFacts known = facts.get(table);
      if (known != null) {
        List<Column> columns = columns(table, known, refused);
        if (!columns.isEmpty()) {
          Set<String> names = columns.stream().map(Column::name).collect(Collectors.toSet());
          List<String> key = names.containsAll(known.key()) ? known.key() : List.of();
          schemas.add(new TableSchema(table, columns, key));
        }
      }
    }
    return new Survey(schemas, refused);
  }

  /**
   * Refuses choices for columns that there are not.
   *
   * @param tables the structures of all included tables
   * @throws io.sluice.cdc.error.ConfigurationException naming each of them
   */
  public void checkRules(Collection<TableSchema> tables) {
    Problems problems = new Problems();
    for (ColumnRule rule : types.columns()) {
      rule.match().requireAny("types.columns", tables, problems);
    }
    problems.throwIfAny();
  }

  private List<Column> columns(TableName table, TableFacts facts, List<String> problems) {
    List<Column> columns = new ArrayList<>();
    for (TableFacts.ColumnFacts column : facts.columns()) {
      if (Column.isReserved(column.name())) {
        problems.add(
            table + "." + column.name() + " (names that begin with _cdc_ are Sluice's own)");
      }
      try {
        MySqlType type = MySqlType.parse(column.type());
        columns.add(types.column(table, column.name(), type, column.nullable()));
      } catch (IllegalArgumentException | UnsupportedOperationException e) {
        problems.add(
            table + "." + column.name() + " (type " + column.type() + ": " + e.getMessage() + ")");
      }
    }
    return columns;
  }

  /**
   * The condition that keeps a query of information_schema to one table, or to the databases of
   * several.
   */
  static String scope(Set<TableName> tables) {
    if (tables.size() == 1) {
      return "TABLE_SCHEMA = ? AND TABLE_NAME = ?";
    }
    int databases = Math.max(1, databases(tables).size());
    return "TABLE_SCHEMA IN (" + String.join(",", Collections.nCopies(databases, "?")) + ")";
  }

  static Object[] parameters(Set<TableName> tables) {
    if (tables.size() == 1) {
      TableName only = tables.iterator().next();
      return new Object[] {only.database(), only.table()};
    }
    List<String> databases = databases(tables);
    return databases.isEmpty() ? new Object[] {""} : databases.toArray();
  }

  private static List<String> databases(Set<TableName> tables) {
    return tables.stream().map(TableName::database).distinct().sorted().toList();
  }
}
