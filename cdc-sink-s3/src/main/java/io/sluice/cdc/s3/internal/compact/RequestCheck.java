package io.sluice.cdc.s3.internal.compact;

import io.sluice.cdc.event.TableName;
import io.sluice.cdc.s3.internal.client.Bucket;
import io.sluice.cdc.s3.internal.commit.CommitLog;
import io.sluice.cdc.s3.internal.key.Keys;
import io.sluice.cdc.s3.internal.record.CompactionRecord;
import io.sluice.cdc.s3.internal.record.FileEntry;
import io.sluice.cdc.s3.internal.record.LogRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Whether requests to compact are still right: nobody has replaced the same files or forgotten the
 * table since they were made, and what they stage is there. For one look at the requests; used by
 * one thread.
 */
public final class RequestCheck {
  /** So many records are read to find out; who was asleep for longer has to compact again. */
  private static final int MOST_RECORDS = 10_000;

  private final String pipeline;
  private final Keys keys;
  private final CommitLog log;
  private final Bucket temporary;
  private final Displacements displacements;
  private final Set<Long> looked = new HashSet<>();
  private final Map<Long, LogRecord> telling = new HashMap<>();
  private final Set<String> claimed = new HashSet<>();

  /**
   * A check.
   *
   * @param pipeline the pipeline's id
   * @param keys spells keys
   * @param log the commit log
   * @param temporary where compacted files are staged
   * @param displacements which records matter
   */
  public RequestCheck(
      String pipeline, Keys keys, CommitLog log, Bucket temporary, Displacements displacements) {
    this.pipeline = pipeline;
    this.keys = keys;
    this.log = log;
    this.temporary = temporary;
    this.displacements = displacements;
  }

  /**
   * Why a request cannot be met, or null when it can. The files that it replaces are then taken: a
   * second request for them is refused.
   */
  public @Nullable String against(CompactionRecord request) throws InterruptedException {
    FileEntry file = request.file();
    TableName table = new TableName(file.database(), file.table());
    String folder = keys.tableFolder(table) + "dt=" + file.dt() + "/";
    if (!request.pipeline().equals(pipeline)
        || !file.temporaryKey().equals(keys.compacted(request.id()))
        || request.replaced().isEmpty()
        || !request.replaced().stream().allMatch(key -> key.startsWith(folder))) {
      return "it is not one of this pipeline and of one day of one table";
    }
    if (displacements.unknownAfter(request.readUpTo()) > MOST_RECORDS) {
      return "it is older than " + MOST_RECORDS + " commits";
    }
    String displaced = displaced(request, table);
    if (displaced != null) {
      return displaced;
    }
    Optional<HeadObjectResponse> staged = temporary.head(file.temporaryKey());
    if (staged.isEmpty() || staged.get().contentLength() != file.bytes()) {
      return "its staged file is gone";
    }
    for (String key : request.replaced()) {
      if (claimed.contains(key)) {
        return "another request replaces the same files";
      }
    }
    claimed.addAll(request.replaced());
    return null;
  }

  private @Nullable String displaced(CompactionRecord request, TableName table)
      throws InterruptedException {
    Set<String> wanted = new HashSet<>(request.replaced());
    for (long number : displacements.after(request.readUpTo())) {
      if (!read(number)) {
        return "commit " + number + " is no longer in the log";
      }
      LogRecord record = telling.get(number);
      if (record != null && record.replaced().stream().anyMatch(wanted::contains)) {
        return "commit " + number + " has replaced some of its files";
      }
      if (record != null && record.load().forgotten().contains(table)) {
        return "the table was dropped, excluded or is to be loaded again since";
      }
    }
    return null;
  }

  /** Whether its staged file belongs to a commit, so that it is not ours to remove. */
  public boolean isCommitted(CompactionRecord request) {
    return telling.values().stream()
        .flatMap(record -> record.compacted().stream())
        .anyMatch(file -> file.temporaryKey().equals(request.file().temporaryKey()));
  }

  /** Many are read, few tell something: the others are not kept. */
  private boolean read(long number) throws InterruptedException {
    if (looked.contains(number)) {
      return true;
    }
    Optional<LogRecord> record = log.read(number);
    if (record.isEmpty()) {
      return false;
    }
    looked.add(number);
    if (!record.get().replaced().isEmpty() || !record.get().load().forgotten().isEmpty()) {
      telling.put(number, record.get());
    }
    return true;
  }
}
