package io.sluice.cdc.s3;

import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * A record of the commit log, as somebody reads it who wants to know what the bucket holds.
 *
 * @param commit its number
 * @param time when it was written, by the writer's clock
 * @param lastSequence the last {@code _cdc_seq} used so far
 * @param endsInsideTransaction whether it ends with a part of a transaction that is larger than the
 *     limits, so that the state after it never was a state of MySQL; the rest follows
 * @param files the files it made, in their order
 * @param structures structures of tables that it tells for the first time
 * @param loaded tables whose full load went on, or was not needed because they were born in the
 *     stream
 * @param forgotten tables that were dropped, are no longer included, or are loaded again after it:
 *     should one of them be {@code loaded} by a later commit, then none of its rows up to this
 *     commit counts any more
 * @param compacted files that hold the rows of older files once more, each row saying in {@code
 *     _cdc_origin} where it was committed; no row of them is new
 * @param replaced keys of those older files, which are no longer part of the state and are deleted
 *     one day
 */
public record LoggedCommit(
    long commit,
    Instant time,
    long lastSequence,
    boolean endsInsideTransaction,
    List<File> files,
    List<Structure> structures,
    List<TableName> loaded,
    List<TableName> forgotten,
    List<File> compacted,
    List<String> replaced) {
  /** Copies the lists. */
  public LoggedCommit {
    files = List.copyOf(files);
    structures = List.copyOf(structures);
    loaded = List.copyOf(loaded);
    forgotten = List.copyOf(forgotten);
    compacted = List.copyOf(compacted);
    replaced = List.copyOf(replaced);
  }

  /**
   * A file in the final place. It can be read as soon as its commit is promoted.
   *
   * @param table its table
   * @param key where it is in the final bucket, prefix included
   * @param load whether it holds rows of a full load, not changes
   * @param rows its rows
   * @param structure the version of its table's structure
   * @param firstSequence the least {@code _cdc_seq} in it
   * @param lastSequence the greatest {@code _cdc_seq} in it
   * @param day the day in its key
   */
  public record File(
      TableName table,
      String key,
      boolean load,
      long rows,
      int structure,
      long firstSequence,
      long lastSequence,
      LocalDate day) {}

  /**
   * A structure of a table.
   *
   * @param version counts in its table, from 1; numbers may be left out
   * @param schema the structure
   */
  public record Structure(int version, TableSchema schema) {}
}
