package io.sluice.cdc.internal.transform;

import io.sluice.cdc.config.NewColumns;
import io.sluice.cdc.config.Protection;
import io.sluice.cdc.config.ProtectionConfig;
import io.sluice.cdc.error.ConfigurationException;
import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.TableSchema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what becomes of each column of one structure. */
final class ColumnChoice {
  private static final Logger LOG = LoggerFactory.getLogger(Protector.class);

  private final ProtectionConfig config;
  private final @Nullable Keyed keyed;
  private final FormerNames formerNames;
  private final TableSchema table;
  private final @Nullable Hidden before;
  private final @Nullable Hidden resembled;

  /**
   * @param before what left of the table last, or null
   * @param resembled what a table that appears may be, or null
   */
  ColumnChoice(
      ProtectionConfig config,
      @Nullable Keyed keyed,
      FormerNames formerNames,
      TableSchema table,
      @Nullable Hidden before,
      @Nullable Hidden resembled) {
    this.config = config;
    this.keyed = keyed;
    this.formerNames = formerNames;
    this.table = table;
    this.before = before;
    this.resembled = resembled;
  }

  /** Null for a column that is dropped. */
  @Nullable ColumnProtection of(Column column) {
    Protection rule = rule(column.name());
    if (rule != null) {
      return rule.action() == Protection.Action.DROP
          ? null
          : ColumnProtection.of(column, rule, keyed);
    }
    String why = whyUnknown(column);
    return why == null
        ? ColumnProtection.of(column, Protection.keep(), keyed)
        : unknown(column, why);
  }

  private @Nullable Protection rule(String column) {
    return config.protection(table.table(), column);
  }

  /** Null for a column that may be written; else what is to be said of it. */
  private @Nullable String whyUnknown(Column column) {
    String name = column.name();
    for (String former : formerNames.of(table.table(), name)) {
      if (wasHidden(former)) {
        return ", and has its values from " + former + ", which is protected";
      }
    }
    Hidden last = before;
    Column then = last == null ? null : last.column(name);
    if (then != null) {
      return ColumnProtection.NEW.equals(then.protection()) ? "" : null;
    }
    String missing = last == null ? null : whyNew(last);
    return missing == null ? whyResembling(column) : missing;
  }

  private boolean wasHidden(String former) {
    Protection rule = rule(former);
    return rule == null
        ? before != null && before.hides(former)
        : rule.action() != Protection.Action.KEEP;
  }

  private @Nullable String whyNew(Hidden last) {
    if (last.hasLostIn(table)) {
      return ", and a protected column disappeared at the same time";
    }
    return config.newColumns() == NewColumns.KEEP ? null : "";
  }

  private @Nullable String whyResembling(Column column) {
    Hidden other = resembled;
    if (other == null) {
      return null;
    }
    boolean hidden =
        other.knows(column.name())
            ? other.hides(column.name())
            : config.newColumns() != NewColumns.KEEP || other.mayBeLostOne(table, column);
    return hidden
        ? ", and its table looks like "
            + other.structure().table()
            + ", of which columns are protected"
        : null;
  }

  private ColumnProtection unknown(Column column, String why) {
    String name = table.table() + "." + column.name();
    if (config.newColumns() == NewColumns.STOP || table.key().contains(column.name())) {
      throw new ConfigurationException(
          List.of(
              "newColumns: column '"
                  + name
                  + "' is new"
                  + why
                  + " and no rule of columns says what is to become of it; add one,"
                  + " e.g. { match: \""
                  + name
                  + "\", action: keep }"));
    }
    LOG.warn(
        "Column {} is new{}; it is NULL in all files until a rule of columns says what is to become of it",
        name,
        why);
    return ColumnProtection.redactedAsNew(column);
  }

  /** What is wrong with the rules for the columns of a table. */
  static List<String> misfits(ProtectionConfig config, TableSchema table) {
    List<String> misfits = new ArrayList<>();
    for (Column column : table.columns()) {
      Protection protection = config.protection(table.table(), column.name());
      if (protection != null) {
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
