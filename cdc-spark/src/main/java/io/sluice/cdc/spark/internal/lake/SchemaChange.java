package io.sluice.cdc.spark.internal.lake;

import io.sluice.cdc.error.StateException;
import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.TableSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/**
 * What has to be done to a table so that it has the structure of the log. Immutable.
 *
 * @param steps one for each column that changes, in order
 * @param rewrites whether a column gets another type while rows of the former type count, so that
 *     the table has to be written anew from itself
 */
public record SchemaChange(List<Step> steps, boolean rewrites) {

  /** What happens to one column. */
  @FunctionalInterface
  public interface Step {
    /** Does it. */
    void apply(UpdateSchema update);
  }

  /**
   * Finds out.
   *
   * @param now the table's columns
   * @param wanted the structure of the log
   * @param emptied whether no row that is there now will count
   */
  static SchemaChange between(Schema now, TableSchema wanted, boolean emptied) {
    List<Step> steps = new ArrayList<>();
    boolean rewrites = false;
    for (NestedField field : now.columns()) {
      Column column = column(wanted, field.name());
      if (column != null) {
        rewrites |= change(field, column, wanted, emptied, steps);
      } else if (!Types.ADDED.contains(field.name())) {
        steps.add(update -> update.deleteColumn(field.name()));
      }
    }
    for (Column column : wanted.columns()) {
      if (now.caseInsensitiveFindField(column.name()) == null) {
        steps.add(update -> update.addColumn(null, column.name(), Types.iceberg(column.type())));
      }
    }
    return new SchemaChange(steps, rewrites);
  }

  /** Adds steps for a column that stays; returns whether rows have to be rewritten for it. */
  private static boolean change(
      NestedField field, Column column, TableSchema wanted, boolean emptied, List<Step> steps) {
    Type to = Types.iceberg(column.type());
    boolean renamed = !field.name().equals(column.name());
    if (field.type().equals(to)) {
      if (renamed) {
        steps.add(update -> update.renameColumn(field.name(), column.name()));
      }
      return false;
    }
    if (!renamed && Widening.byIceberg(field.type(), to)) {
      steps.add(update -> update.updateColumn(field.name(), to.asPrimitiveType()));
      return false;
    }
    if (!emptied && !Widening.isLegal(field.type(), to)) {
      throw retyped(wanted, column, field.type(), to);
    }
    steps.add(update -> update.deleteColumn(field.name()));
    steps.add(update -> update.addColumn(null, column.name(), to));
    return !emptied;
  }

  /** Rows of a type from which no safe way leads to the present one. */
  public static StateException retyped(TableSchema table, Column column, Type from, Type to) {
    return new StateException(
        "Column "
            + column.name()
            + " of table "
            + table.table()
            + " was "
            + from
            + " and is "
            + to
            + " now, and rows of both count",
        "Load the table again (bin/cdc reload "
            + table.table()
            + "), then merge again: the table is then made anew from what was loaded");
  }

  /** Whether there is nothing to do. */
  public boolean isNone() {
    return steps.isEmpty();
  }

  private static @Nullable Column column(TableSchema table, String name) {
    return table.columns().stream()
        .filter(c -> c.name().equalsIgnoreCase(name))
        .findFirst()
        .orElse(null);
  }
}
