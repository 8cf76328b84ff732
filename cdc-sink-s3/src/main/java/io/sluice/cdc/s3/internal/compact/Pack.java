package io.sluice.cdc.s3.internal.compact;

import io.sluice.cdc.event.TableName;
import io.sluice.cdc.s3.internal.record.FileEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Files that become one, in the order of their rows: of one table, day, kind and structure.
 *
 * @param files at least two
 */
record Pack(List<LiveFile> files) {
  private static final Comparator<LiveFile> ORDER =
      Comparator.<LiveFile>comparingLong(file -> file.entry().firstSequence())
          .thenComparing(file -> file.entry().key());

  private record Like(TableName table, String dt, String kind, int schema)
      implements Comparable<Like> {
    private static final Comparator<Like> ORDER =
        Comparator.comparing(Like::dt)
            .thenComparing(Like::table)
            .thenComparing(Like::kind)
            .thenComparing(Like::schema);

    @Override
    public int compareTo(Like other) {
      return ORDER.compare(this, other);
    }
  }

  FileEntry first() {
    return files.get(0).entry();
  }

  long bytes() {
    return files.stream().mapToLong(file -> file.entry().bytes()).sum();
  }

  long rows() {
    return files.stream().mapToLong(file -> file.entry().rows()).sum();
  }

  /** Puts files together, oldest days first. */
  static List<Pack> of(List<LiveFile> files, CompactionRules rules) {
    Map<Like, List<LiveFile>> alike = new TreeMap<>();
    for (LiveFile file : files) {
      FileEntry entry = file.entry();
      Like like = new Like(Catalogue.table(entry), entry.dt(), entry.kind(), entry.schema());
      alike.computeIfAbsent(like, l -> new ArrayList<>()).add(file);
    }
    List<Pack> packs = new ArrayList<>();
    for (List<LiveFile> each : alike.values()) {
      if (each.size() >= rules.minFiles()) {
        each.sort(ORDER);
        cut(each, rules.targetBytes(), packs);
      }
    }
    return packs;
  }

  private static void cut(List<LiveFile> files, long targetBytes, List<Pack> to) {
    List<LiveFile> some = new ArrayList<>();
    long bytes = 0;
    for (LiveFile file : files) {
      if (bytes + file.entry().bytes() > targetBytes) {
        add(some, to);
        some = new ArrayList<>();
        bytes = 0;
      }
      some.add(file);
      bytes += file.entry().bytes();
    }
    add(some, to);
  }

  private static void add(List<LiveFile> some, List<Pack> to) {
    if (some.size() > 1) {
      to.add(new Pack(List.copyOf(some)));
    }
  }
}
