package io.sluice.cdc.s3.internal.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The notice that every file of a commit is readable; written once a commit, in order of their
 * numbers.
 *
 * @param format the version of this layout
 * @param pipeline the pipeline's id
 * @param commit the commit
 * @param time when its last file became readable
 * @param rows rows in all its files
 * @param files its files
 * @param compacted files that hold the rows of older ones once more; absent when there are none
 * @param replaced keys of those older ones; absent when there are none
 */
public record PromotedRecord(
    int format,
    String pipeline,
    long commit,
    String time,
    long rows,
    List<PromotedFile> files,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PromotedFile> compacted,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> replaced) {

  /** What was absent is an empty list. */
  @SuppressWarnings("ConstantValue") // Jackson passes null for what is absent
  public PromotedRecord {
    compacted = compacted == null ? List.of() : List.copyOf(compacted);
    replaced = replaced == null ? List.of() : List.copyOf(replaced);
  }

  /**
   * A file that is readable.
   *
   * @param database the database of its table
   * @param table its table
   * @param kind {@code load} or {@code change}
   * @param key where it is
   * @param rows its rows
   * @param bytes its size
   * @param dt its day
   */
  public record PromotedFile(
      String database, String table, String kind, String key, long rows, long bytes, String dt) {
    static PromotedFile of(FileEntry file) {
      return new PromotedFile(
          file.database(),
          file.table(),
          file.kind(),
          file.key(),
          file.rows(),
          file.bytes(),
          file.dt());
    }
  }

  /** The notice for a commit. */
  public static PromotedRecord of(LogRecord commit, String time) {
    long rows = commit.files().stream().mapToLong(FileEntry::rows).sum();
    return new PromotedRecord(
        LogRecord.FORMAT,
        commit.pipeline(),
        commit.commit(),
        time,
        rows,
        commit.files().stream().map(PromotedFile::of).toList(),
        commit.compacted().stream().map(PromotedFile::of).toList(),
        commit.replaced());
  }
}
