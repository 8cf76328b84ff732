package io.sluice.cdc.internal.transform;

import io.sluice.cdc.config.ProtectionConfig;
import io.sluice.cdc.error.StateException;
import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.LoadState;
import io.sluice.cdc.event.RowBatch;
import io.sluice.cdc.event.TableLoad;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes of rows and structures, as MySQL has them, those that may leave the process. Thread-safe.
 */
public final class Protector {
  private final ProtectionConfig config;
  private final @Nullable Keyed keyed;
  private final @Nullable SealedRanges sealed;

  private final FormerNames formerNames = new FormerNames();

  /** By MySQL's structure; only those that are in use since the last commit. */
  private final Map<TableSchema, TableProtection> protections = new ConcurrentHashMap<>();

  private final Departures departures = new Departures();

  /** Tables that were there when the rules were made. All others may be copies of them. */
  private final Set<TableName> settled = new HashSet<>();

  /** Nothing is known of any table yet. */
  public Protector(ProtectionConfig config) {
    this.config = config;
    this.keyed = config.secret() == null ? null : new Keyed(config.secret());
    this.sealed = keyed == null ? null : new SealedRanges(keyed);
  }

  /** What the log holds: the structures in which the tables left last. */
  public synchronized void known(Collection<TableSchema> structures) {
    structures.forEach(departures::known);
  }

  /** The very first start: for these tables the rules were made. */
  public synchronized void begin(Collection<TableSchema> tables) {
    settled(tables.stream().map(TableSchema::table).toList());
    tables.forEach(this::protection);
  }

  /** Tables that have been there before this start. */
  public synchronized void settled(Collection<TableName> tables) {
    settled.addAll(tables);
  }

  /** Whether it is hidden in part because a table of which something is hidden looks like it. */
  public boolean isCopy(TableSchema table) {
    return protect(table).columns().stream()
        .anyMatch(c -> ColumnProtection.NEW.equals(c.protection()));
  }

  /** No table has this name any more; the next one of this name is another. */
  public synchronized void gone(TableName table) {
    settled.remove(table);
  }

  /**
   * Columns get their values of others.
   *
   * @param sources the names in the expression of each column
   */
  public synchronized void derived(TableName table, Map<String, Set<String>> sources) {
    sources.forEach((column, names) -> formerNames.derived(table, column, names));
    protections.keySet().removeIf(s -> s.table().equals(table)); // no structure tells a default
  }

  /**
   * Columns get other names, all at once.
   *
   * @param renames the new name of each former name
   */
  public synchronized void renamed(TableName table, Map<String, String> renames) {
    formerNames.renamed(table, renames);
  }

  /**
   * Structures in the order in which they came, as they leave with a commit. What only older rows
   * had is forgotten: should a table have that structure once more, it may be by other columns.
   */
  public synchronized List<TableSchema> protect(List<TableSchema> told) {
    List<TableSchema> targets = departures.told(told, this::cached);
    protections.keySet().retainAll(departures.sources());
    return targets;
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
    TableSchema known = departures.latest(table);
    return known == null
        || known.key().stream()
            .anyMatch(c -> ColumnProtection.isHash(known.columns().get(known.indexOf(c))));
  }

  private TableProtection protection(TableSchema table) {
    TableProtection known = protections.get(table);
    return known != null ? known : ofRows(table);
  }

  private synchronized TableProtection ofRows(TableSchema table) {
    departures.rows(table, this::cached);
    return Objects.requireNonNull(protections.get(table), "made right now");
  }

  private TableSchema cached(TableSchema table, @Nullable TableSchema before) {
    TableProtection known = protections.get(table);
    if (known == null) {
      known = make(table, before);
      checkSecret(before, known.target());
      protections.put(table, known);
    }
    return known.target();
  }

  private TableProtection make(TableSchema table, @Nullable TableSchema before) {
    if (TableMaker.isOfTheLog(table)) {
      return new TableProtection(table, List.of());
    }
    Hidden resembled =
        settled.contains(table.table())
            ? null
            : Hidden.resembling(table, departures.latest()).orElse(null);
    Hidden last = before == null ? null : new Hidden(before);
    return TableMaker.make(
        config, table, new ColumnChoice(config, keyed, formerNames, table, last, resembled));
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
}
