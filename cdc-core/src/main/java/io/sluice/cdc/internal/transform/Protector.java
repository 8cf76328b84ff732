package io.sluice.cdc.internal.transform;

import io.sluice.cdc.config.NewColumns;
import io.sluice.cdc.config.Problems;
import io.sluice.cdc.config.Protection;
import io.sluice.cdc.config.ProtectionConfig;
import io.sluice.cdc.config.ProtectionRule;
import io.sluice.cdc.error.ConfigurationException;
import io.sluice.cdc.error.StateException;
import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.LoadState;
import io.sluice.cdc.event.RowBatch;
import io.sluice.cdc.event.TableLoad;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes of rows and structures, as MySQL has them, those that may leave the process. Thread-safe.
 */
public final class Protector {
  private static final Logger LOG = LoggerFactory.getLogger(Protector.class);

  private final ProtectionConfig config;
  private final @Nullable Keyed keyed;
  private final @Nullable SealedRanges sealed;

  /** By MySQL's structure. */
  private final Map<TableSchema, TableProtection> protections = new ConcurrentHashMap<>();

  /** The latest structure of each table as it left. */
  private final Map<TableName, TableSchema> latest = new HashMap<>();

  /** The columns of each table that are in no file. */
  private final Map<TableName, List<String>> dropped = new HashMap<>();

  /** Nothing is known of any table yet. */
  public Protector(ProtectionConfig config) {
    this.config = config;
    this.keyed = config.secret() == null ? null : new Keyed(config.secret());
    this.sealed = keyed == null ? null : new SealedRanges(keyed);
  }

  /**
   * Adds what is wrong with the rules for these tables, among it rules that match no column.
   *
   * @param tables the structures of all included tables in MySQL
   */
  public static void check(
      ProtectionConfig config, Collection<TableSchema> tables, Problems problems) {
    for (ProtectionRule rule : config.columns()) {
      rule.match().requireAny("columns", tables, problems);
    }
    for (TableSchema table : tables) {
      misfits(config, table).forEach(problems::add);
    }
  }

  /** What the log holds: the structures in which the tables left last. */
  public synchronized void known(Collection<TableSchema> structures) {
    structures.forEach(s -> latest.put(s.table(), s));
  }

  /** The structure in which rows of this one leave. */
  public TableSchema protect(TableSchema table) {
    return protection(table).target();
  }

  /** The rows as they may leave. */
  public RowBatch protect(RowBatch rows) {
    return protection(rows.schema()).apply(rows);
  }

  /** Progress of a load as it may leave: values of a protected key are sealed. */
  public TableLoad protect(TableLoad load) {
    SealedRanges seals = sealed;
    return seals != null && hidesKey(load.table()) ? seals.seal(load) : load;
  }

  /**
   * Progress of loads as it was before it left.
   *
   * @throws StateException when it left with another secret
   */
  public LoadState open(LoadState load) {
    return new LoadState(load.views(), load.tables().stream().map(this::open).toList());
  }

  private TableLoad open(TableLoad load) {
    SealedRanges seals = sealed;
    return seals != null && SealedRanges.isSealed(load) ? seals.open(load) : load;
  }

  /** Whether any column of the key may be protected, as far as its name tells. */
  private synchronized boolean hidesKey(TableName table) {
    TableSchema known = latest.get(table);
    return known == null
        || known.key().stream()
            .anyMatch(c -> ColumnProtection.isHash(known.columns().get(known.indexOf(c))));
  }

  private TableProtection protection(TableSchema table) {
    TableProtection known = protections.get(table);
    return known != null ? known : make(table);
  }

  private synchronized TableProtection make(TableSchema table) {
    TableProtection known = protections.get(table);
    if (known != null) {
      return known;
    }
    List<String> misfits = misfits(config, table);
    if (!misfits.isEmpty()) {
      throw new ConfigurationException(misfits);
    }
    TableSchema before = latest.get(table.table());
    boolean renamed = before != null && lost(before, table);
    List<TableProtection.Origin> origins = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    List<String> without = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      Column column = table.columns().get(i);
      ColumnProtection protection = protection(table, column, before, renamed);
      if (protection == null) {
        without.add(column.name());
      } else {
        columns.add(protection.column());
        origins.add(new TableProtection.Origin(i, column, protection.change()));
      }
    }
    if (columns.isEmpty()) {
      throw new ConfigurationException(
          List.of("columns: the rules drop every column of " + table.table() + "; exclude it"));
    }
    TableSchema target = new TableSchema(table.table(), columns, table.key());
    TableProtection made = new TableProtection(target, target.equals(table) ? List.of() : origins);
    checkSecret(before, target);
    protections.put(table, made);
    latest.put(table.table(), target);
    dropped.put(table.table(), without);
    return made;
  }

  /** Null for a column that is dropped. */
  private @Nullable ColumnProtection protection(
      TableSchema table, Column column, @Nullable TableSchema before, boolean renamed) {
    if (column.protection() != null) {
      return new ColumnProtection(column, Change.NONE); // out of the log: a table that is gone
    }
    Protection rule = config.protection(table.table(), column.name());
    if (rule != null) {
      return rule.action() == Protection.Action.DROP
          ? null
          : ColumnProtection.of(column, rule, keyed);
    }
    int then = before == null ? -1 : before.indexOf(column.name());
    boolean unknown =
        before != null
            && (then < 0
                ? config.newColumns() != NewColumns.KEEP || renamed
                : ColumnProtection.NEW.equals(before.columns().get(then).protection()));
    return unknown
        ? unknown(table, column, renamed)
        : ColumnProtection.of(column, Protection.keep(), keyed);
  }

  private ColumnProtection unknown(TableSchema table, Column column, boolean renamed) {
    String name = table.table() + "." + column.name();
    if (config.newColumns() == NewColumns.STOP || table.key().contains(column.name())) {
      throw new ConfigurationException(
          List.of(
              "newColumns: column '"
                  + name
                  + "' is new and no rule of columns says what is to become of it; add one,"
                  + " e.g. { match: \""
                  + name
                  + "\", action: keep }"));
    }
    LOG.warn(
        "Column {} is new{}; it is NULL in all files until a rule of columns says what is to become of it",
        name,
        renamed ? ", and a protected column disappeared at the same time" : "");
    return ColumnProtection.redactedAsNew(column);
  }

  /** Whether a column that was protected is not there any more. */
  private boolean lost(TableSchema before, TableSchema now) {
    return before.columns().stream()
            .anyMatch(
                c ->
                    c.protection() != null
                        && !c.protection().equals(ColumnProtection.NEW)
                        && now.indexOf(c.name()) < 0)
        || dropped.getOrDefault(before.table(), List.of()).stream()
            .anyMatch(name -> now.indexOf(name) < 0);
  }

  /** Rows of a key that was hashed with another secret would not be found again. */
  private static void checkSecret(@Nullable TableSchema before, TableSchema now) {
    if (before == null) {
      return;
    }
    for (String name : now.key()) {
      int then = before.indexOf(name);
      Column column = now.columns().get(now.indexOf(name));
      if (then >= 0
          && ColumnProtection.isHash(before.columns().get(then))
          && ColumnProtection.isHash(column)
          && !Objects.equals(column.protection(), before.columns().get(then).protection())) {
        throw new StateException(
            "The key of table " + now.table() + " was hashed with another hashSecret",
            "Give the secret with which the pipeline was begun, or begin under another pipeline id");
      }
    }
  }

  private static List<String> misfits(ProtectionConfig config, TableSchema table) {
    List<String> misfits = new ArrayList<>();
    for (Column column : table.columns()) {
      Protection protection = config.protection(table.table(), column.name());
      if (protection != null && column.protection() == null) {
        String why =
            ColumnProtection.misfit(protection, column, table.key().contains(column.name()));
        if (why != null) {
          misfits.add(
              "columns: '"
                  + protection
                  + "' does not fit "
                  + table.table()
                  + "."
                  + column.name()
                  + " ("
                  + column.mysqlType()
                  + "): "
                  + why);
        }
      }
    }
    return misfits;
  }
}
