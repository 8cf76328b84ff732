package io.sluice.cdc.s3.internal.compact;

import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.s3.internal.client.Bucket;
import io.sluice.cdc.s3.internal.commit.CommitLog;
import io.sluice.cdc.s3.internal.failpoint.FailPoint;
import io.sluice.cdc.s3.internal.key.Keys;
import io.sluice.cdc.s3.internal.record.CompactionRecord;
import io.sluice.cdc.s3.internal.record.FileEntry;
import io.sluice.cdc.s3.internal.record.LogRecord;
import io.sluice.cdc.s3.internal.recover.LogReader;
import io.sluice.cdc.s3.internal.stage.CompactFile;
import io.sluice.cdc.s3.internal.stage.StagedFile;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;

/**
 * One compaction, beside the pipeline: deletes what earlier ones replaced, removes what dead ones
 * left, stages large files and asks for them to take the place of small ones. Used once, by one
 * thread.
 */
public final class Compactor {
  /** Facts of so many files are held at once. */
  private static final int MOST_FILES = 200_000;

  private static final int MOST_REQUESTS = 100_000;

  private final String pipeline;
  private final Keys keys;
  private final Bucket target;
  private final Bucket temporary;
  private final CommitLog log;
  private final CompactionRequests requests;
  private final ExecutorService threads;
  private final Rewriter rewriter;
  private final Who who;
  private final Telling telling;

  /** Who asks. */
  public record Who(String host, long pid) {}

  /** Told what happens, on the calling thread. */
  public interface Telling {
    /** Files have become one, which waits for the pipeline. */
    void staged(FileEntry first, int files, long bytesBefore, long rows, long bytes);

    /** Files of one day of a table are left as they are. */
    void skipped(TableName table, String day, String why);
  }

  /**
   * What became of it.
   *
   * @param deleted files deleted that others had replaced
   * @param commitsToDelete commits whose replaced files wait for their time
   * @param hasMore whether there are files that were not looked at
   */
  public record Outcome(int deleted, int commitsToDelete, boolean hasMore) {}

  /** All that is given stays the caller's. */
  public Compactor(
      String pipeline,
      Keys keys,
      Bucket target,
      Bucket temporary,
      CommitLog log,
      ExecutorService threads,
      CompactFile.Tools tools,
      Who who,
      Telling telling) {
    this.pipeline = pipeline;
    this.keys = keys;
    this.target = target;
    this.temporary = temporary;
    this.log = log;
    this.requests = new CompactionRequests(target, keys);
    this.threads = threads;
    this.rewriter = new Rewriter(pipeline, target, threads, tools);
    this.who = who;
    this.telling = telling;
  }

  /** Does it. */
  public Outcome run(CompactionRules rules) throws InterruptedException {
    Leftovers leftovers = new Leftovers(temporary, keys);
    List<CompactionRecord> waiting = requests.waiting(MOST_REQUESTS);
    Catalogue catalogue = new Catalogue(rules, MOST_FILES);
    new LogReader(target, keys, log, threads).readFromFirst(0, catalogue::take);
    waiting.forEach(request -> catalogue.requested(request.replaced()));
    Deletion deletion = new Deletion(target, keys, log);
    int later = 0;
    Map<String, Long> commits = new HashMap<>();
    for (Catalogue.Compacted commit : catalogue.compacted()) {
      later += deletion.waits(commit, rules) ? 1 : 0;
      commit.staged().forEach(key -> commits.put(key, commit.commit()));
    }
    Set<String> ids = waiting.stream().map(CompactionRecord::id).collect(Collectors.toSet());
    leftovers.remove(ids, commits, deletion, rules.now());
    for (Pack pack : Pack.of(catalogue.small(), rules)) {
      compact(pack, catalogue);
    }
    return new Outcome(deletion.files(), later, catalogue.hasMore());
  }

  private void compact(Pack pack, Catalogue catalogue) throws InterruptedException {
    FileEntry first = pack.first();
    TableName table = Catalogue.table(first);
    TableSchema schema = catalogue.structure(table, first.schema());
    if (schema == null) {
      telling.skipped(table, first.dt(), "the log does not tell structure " + first.schema());
      return;
    }
    String id = UUID.randomUUID().toString();
    try {
      StagedFile staged = rewriter.rewrite(pack, schema, keys.compacted(id));
      FailPoint.AFTER_COMPACTED_STAGED.pass();
      requests.make(request(id, pack, staged, catalogue.readUpTo()));
      FailPoint.AFTER_COMPACTION_REQUEST.pass();
      telling.staged(first, pack.files().size(), pack.bytes(), staged.rows(), staged.bytes());
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      telling.skipped(
          table, first.dt(), pack.files().size() + " files from " + first.key() + " on: " + why);
    }
  }

  private CompactionRecord request(String id, Pack pack, StagedFile staged, long readUpTo) {
    FileEntry first = pack.first();
    FileEntry file =
        new FileEntry(
            first.database(),
            first.table(),
            first.kind(),
            "",
            staged.key(),
            staged.rows(),
            staged.bytes(),
            staged.checksum(),
            staged.md5(),
            first.schema(),
            staged.firstSequence(),
            staged.lastSequence(),
            first.dt(),
            pack.files().stream().mapToLong(LiveFile::firstCommit).min().orElse(0),
            pack.files().stream().mapToLong(LiveFile::lastCommit).max().orElse(0));
    return new CompactionRecord(
        LogRecord.FORMAT,
        pipeline,
        id,
        java.time.Instant.now().toString(),
        who.host(),
        who.pid(),
        readUpTo,
        file,
        pack.files().stream().map(live -> live.entry().key()).toList());
  }
}
