package io.sluice.cdc.bench.torture.judge;

import io.sluice.cdc.bench.torture.judge.Store.Stat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * A reader who trusts nothing: each look lists everything, reads what is new, and holds it against
 * the record of its commit, which must be there by then. What was seen once must stay as it is.
 * Keeps a copy of every file. Used by one thread at a time.
 */
public final class Onlooker {
  private static final Pattern DATA =
      Pattern.compile(".*/(\\d{20})-\\d{5}-(load|change)\\.parquet");
  private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

  private final Store store;
  private final String prefix;
  private final String logFolder;
  private final Path copies;
  private final Map<String, Stat> seen = new HashMap<>();
  private final Map<Long, CommitNote> commits = new TreeMap<>();
  private final List<String> complaints = new ArrayList<>();
  private long looks;
  private long reads;

  /**
   * An onlooker of one pipeline.
   *
   * @param prefix the final prefix with a slash at its end
   * @param copies an empty folder
   */
  public Onlooker(Store store, String prefix, String pipeline, Path copies) {
    this.store = store;
    this.prefix = prefix;
    this.logFolder = prefix + "_sluice/" + pipeline + "/log/";
    this.copies = copies;
  }

  /** Looks once. */
  public void look() {
    looks++;
    Map<String, Stat> there = store.list(prefix);
    for (Map.Entry<String, Stat> object : there.entrySet()) {
      if (object.getKey().endsWith(".parquet")) {
        compare(object.getKey(), object.getValue());
      }
    }
    List<String> gone = seen.keySet().stream().filter(key -> !there.containsKey(key)).toList();
    if (!gone.isEmpty()) {
      readLog();
      gone.forEach(key -> missing(key, there));
    }
    seen.keySet().retainAll(there.keySet());
  }

  /** Only what a compaction has replaced may go, and only once the files in its place are there. */
  private void missing(String key, Map<String, Stat> there) {
    Optional<CommitNote> compaction =
        commits.values().stream().filter(c -> c.replaced().contains(key)).findFirst();
    if (compaction.isEmpty()) {
      complaints.add(key + " was visible and has vanished");
      return;
    }
    compaction.get().compacted().stream()
        .map(CommitNote.File::key)
        .filter(instead -> !there.containsKey(instead) && !isReplaced(instead))
        .forEach(
            instead ->
                complaints.add(
                    key + " has vanished before " + instead + " in its place was there"));
  }

  private boolean isReplaced(String key) {
    return commits.values().stream().anyMatch(c -> c.replaced().contains(key));
  }

  /** Reads every record of the log that was not read yet. */
  public void readLog() {
    for (String key : store.list(logFolder).keySet()) {
      String name = key.substring(logFolder.length());
      if (name.matches("\\d{20}\\.json")) {
        commit(Long.parseLong(name.substring(0, 20)));
      }
    }
  }

  /** Every record that was read, in order. */
  Map<Long, CommitNote> commits() {
    return commits;
  }

  /** Where the copy of an object is. */
  Path copy(String key) {
    return copies.resolve(key.substring(prefix.length()));
  }

  /** What was not as it must be. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** How often it has listed everything. */
  public long looks() {
    return looks;
  }

  /** How many files it has read. */
  public long reads() {
    return reads;
  }

  private void compare(String key, Stat now) {
    Stat before = seen.put(key, now);
    if (!now.equals(before)) {
      read(key, now);
    }
  }

  private void read(String key, Stat now) {
    Matcher name = DATA.matcher(key);
    if (!name.matches()) {
      complaints.add(key + " is visible, and its name is none of ours");
      return;
    }
    long number = Long.parseLong(name.group(1));
    Optional<CommitNote.File> listed = commit(number).flatMap(c -> file(c, key));
    if (listed.isEmpty()) {
      complaints.add(key + " is visible, and commit " + number + " does not list it");
      return;
    }
    Optional<byte[]> content = store.read(key);
    if (content.isEmpty()) {
      readLog();
    }
    if (content.isEmpty() && isReplaced(key)) {
      seen.remove(key);
      return;
    }
    if (content.isEmpty()) {
      complaints.add(key + " was listed and could not be read");
      return;
    }
    reads++;
    judge(key, now, listed.get(), content.get());
  }

  private void judge(String key, Stat now, CommitNote.File listed, byte[] content) {
    String checksum = checksum(content);
    if (now.bytes() != listed.bytes() || content.length != listed.bytes()) {
      complaints.add(key + " has " + content.length + " bytes, its commit says " + listed.bytes());
    } else if (!checksum.equals(listed.checksum())) {
      complaints.add(
          key + " has the checksum " + checksum + ", its commit says " + listed.checksum());
    } else if (!ends(content)) {
      complaints.add(key + " does not begin and end as Parquet does");
    }
    keep(key, content);
  }

  private static boolean ends(byte[] content) {
    int last = content.length - MAGIC.length;
    for (int i = 0; i < MAGIC.length; i++) {
      if (last < MAGIC.length || content[i] != MAGIC[i] || content[last + i] != MAGIC[i]) {
        return false;
      }
    }
    return true;
  }

  private void keep(String key, byte[] content) {
    try {
      Files.createDirectories(copy(key).getParent());
      Files.write(copy(key), content);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep a copy of " + key, e);
    }
  }

  private Optional<CommitNote> commit(long number) {
    CommitNote known = commits.get(number);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<CommitNote> read =
        store.read(logFolder + CommitNote.objectName(number)).flatMap(Onlooker::parse);
    read.ifPresent(note -> commits.put(number, note));
    return read;
  }

  private static Optional<CommitNote> parse(byte[] record) {
    try {
      return Optional.of(CommitNote.parse(record));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<CommitNote.File> file(CommitNote commit, String key) {
    return commit.all().filter(f -> key.equals(f.key())).findFirst();
  }

  static String checksum(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content, 0, content.length);
    return String.format(Locale.ROOT, "crc32c:%08x", crc.getValue());
  }
}
