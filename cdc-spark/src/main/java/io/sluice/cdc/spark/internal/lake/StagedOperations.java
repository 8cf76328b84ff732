package io.sluice.cdc.spark.internal.lake;

import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/**
 * Keeps commits to a table in memory until all of them are published as one: a structure, rows and
 * the number that they lead to. Iceberg's own transactions cannot be read from, and a merge reads.
 * What was committed by others meanwhile makes {@link #publish} fail, for the number was read
 * before. Metadata is compared by identity, for it has no other equality. Not thread-safe.
 */
final class StagedOperations implements TableOperations {
  private final TableOperations real;
  private final TableMetadata base;
  private TableMetadata staged;

  StagedOperations(TableOperations real) {
    this.real = real;
    this.base = real.refresh();
    this.staged = base;
  }

  /** Makes everything visible at once, or nothing. */
  void publish() {
    if (!staged.equals(base)) {
      real.commit(base, staged);
      real.refresh();
    }
  }

  @Override
  public TableMetadata current() {
    return staged;
  }

  @Override
  public TableMetadata refresh() {
    return staged;
  }

  @Override
  public void commit(TableMetadata expected, TableMetadata updated) {
    if (!expected.equals(staged)) {
      throw new CommitFailedException("The staged table has changed");
    }
    staged = updated;
  }

  @Override
  public FileIO io() {
    return real.io();
  }

  @Override
  public EncryptionManager encryption() {
    return real.encryption();
  }

  @Override
  public String metadataFileLocation(String fileName) {
    return real.metadataFileLocation(fileName);
  }

  @Override
  public LocationProvider locationProvider() {
    return real.locationProvider();
  }

  @Override
  public long newSnapshotId() {
    return real.newSnapshotId();
  }
}
