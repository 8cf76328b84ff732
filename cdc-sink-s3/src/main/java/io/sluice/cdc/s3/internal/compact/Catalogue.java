package io.sluice.cdc.s3.internal.compact;

import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.s3.internal.record.FileEntry;
import io.sluice.cdc.s3.internal.record.LogRecord;
import io.sluice.cdc.s3.internal.record.SchemaEntry;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the log says about files that may be compacted. Knows no client. Used by one thread. */
final class Catalogue {
  private final CompactionRules rules;
  private final int most;
  private final Map<TableName, Map<String, LiveFile>> files = new TreeMap<>();
  private final Map<TableName, Map<Integer, TableSchema>> structures = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final List<Compacted> compacted = new ArrayList<>();
  private long readUpTo;
  private int count;
  private boolean more;

  /**
   * A commit that replaced files.
   *
   * @param commit its number
   * @param staged where its files were staged
   * @param lastReplaced the last file that it replaced, which is deleted last
   */
  record Compacted(long commit, List<String> staged, String lastReplaced) {}

  /**
   * An empty one.
   *
   * @param most so many files are looked at; the others have to wait for another time
   */
  Catalogue(CompactionRules rules, int most) {
    this.rules = rules;
    this.most = most;
  }

  /** Adds the next record. */
  void take(LogRecord record) {
    readUpTo = record.commit();
    for (SchemaEntry entry : record.schemas()) {
      structures
          .computeIfAbsent(new TableName(entry.database(), entry.table()), t -> new HashMap<>())
          .put(entry.version(), entry.schema());
    }
    Set<String> replaced = new HashSet<>(record.replaced());
    record.compacted().stream()
        .map(Catalogue::table)
        .distinct()
        .forEach(table -> remove(table, replaced));
    record.staged().forEach(file -> add(file, record.commit()));
    record.load().forgotten().forEach(this::forget);
    if (!record.replaced().isEmpty()) {
      compacted.add(
          new Compacted(
              record.commit(),
              record.compacted().stream().map(FileEntry::temporaryKey).toList(),
              record.replaced().get(record.replaced().size() - 1)));
    }
  }

  /** Files that a request has named already. */
  void requested(Collection<String> keys) {
    taken.addAll(keys);
  }

  private void add(FileEntry file, long commit) {
    if (file.bytes() >= rules.targetBytes() / 2
        || !LocalDate.parse(file.dt()).isBefore(rules.before())
        || !rules.tables().test(table(file))) {
      return;
    }
    if (count == most) {
      more = true;
      return;
    }
    count++;
    files
        .computeIfAbsent(table(file), t -> new LinkedHashMap<>())
        .put(file.key(), new LiveFile(file, commit));
  }

  private void remove(TableName table, Set<String> keys) {
    Map<String, LiveFile> of = files.getOrDefault(table, new HashMap<>());
    int before = of.size();
    of.keySet().removeAll(keys);
    count -= before - of.size();
  }

  /**
   * Its files so far are left alone: should it be loaded again, their rows count no more, and
   * whoever leaves them out tells them by the number of their commit.
   */
  private void forget(TableName table) {
    Map<String, LiveFile> gone = files.remove(table);
    count -= gone == null ? 0 : gone.size();
  }

  /** The last record that was read. */
  long readUpTo() {
    return readUpTo;
  }

  /** Whether there are more files than could be looked at. */
  boolean hasMore() {
    return more;
  }

  /** Small files that nobody has asked to replace. */
  List<LiveFile> small() {
    return files.values().stream()
        .flatMap(of -> of.values().stream())
        .filter(file -> !taken.contains(file.entry().key()))
        .toList();
  }

  /** A structure, or null when the log does not tell it any more. */
  @Nullable TableSchema structure(TableName table, int version) {
    return structures.getOrDefault(table, Map.of()).get(version);
  }

  /** Every commit that replaced files. */
  List<Compacted> compacted() {
    return compacted;
  }

  static TableName table(FileEntry file) {
    return new TableName(file.database(), file.table());
  }
}
