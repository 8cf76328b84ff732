package io.sluice.cdc.internal.pipeline;

import io.sluice.cdc.config.Protection;
import io.sluice.cdc.config.ProtectionConfig;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.internal.binlog.NameListener;
import io.sluice.cdc.internal.mysql.UnfitValueException;
import io.sluice.cdc.internal.transform.Protector;
import io.sluice.cdc.sink.ResumePoint;
import io.sluice.cdc.sink.Sink;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a protector has to be told of tables beside their rows. Does nothing where nothing is
 * protected. Thread-safe.
 */
final class Protecting implements NameListener {
  private final @Nullable Protector protector;

  Protecting(ProtectionConfig config) {
    this.protector = config.isNone() ? null : new Protector(config);
  }

  /** With the value that it is about, where nobody said that it must not be told. */
  static Throwable telling(ProtectionConfig config, Throwable failure) {
    if (!(failure instanceof UnfitValueException unfit)) {
      return failure;
    }
    Protection rule = config.protection(unfit.table(), unfit.column());
    boolean open = rule != null && rule.action() == Protection.Action.KEEP;
    return open || config.isNone() ? unfit.told() : unfit;
  }

  Sink around(Sink sink) {
    return protector == null ? sink : new ProtectingSink(sink, protector);
  }

  /** Before the very first commit the tables are those for which the rules were made. */
  void begin(ResumePoint resume, Collection<TableSchema> tables) {
    if (protector != null && resume.source() == null) {
      protector.begin(tables);
    }
  }

  /**
   * Tables that are about to become known.
   *
   * @param known those of which the state tells already
   * @param coming all that will be loaded, or followed from here
   * @param structures reads the structures of all tables
   * @return structures that have to be in the log as soon as the tables are known: after the next
   *     start nobody could tell any more that they came later
   */
  List<TableSchema> coming(
      Set<TableName> known, Set<TableName> coming, Supplier<List<TableSchema>> structures) {
    Protector protects = protector;
    if (protects == null) {
      return List.of();
    }
    protects.settled(known);
    Set<TableName> appeared = new HashSet<>(coming);
    appeared.removeAll(known);
    return appeared.isEmpty() ? List.of() : copies(protects, appeared, structures.get());
  }

  private static List<TableSchema> copies(
      Protector protects, Set<TableName> appeared, List<TableSchema> structures) {
    return structures.stream()
        .filter(s -> appeared.contains(s.table()) && protects.isCopy(s))
        .toList();
  }

  @Override
  public void renamed(TableName table, Map<String, String> renames) {
    if (protector != null) {
      protector.renamed(table, renames);
    }
  }

  @Override
  public void derived(TableName table, Map<String, Set<String>> sources) {
    if (protector != null) {
      protector.derived(table, sources);
    }
  }

  @Override
  public void gone(TableName table) {
    if (protector != null) {
      protector.gone(table);
    }
  }
}
