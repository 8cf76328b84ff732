package io.sluice.cdc.bench.torture.ordeal;

import io.sluice.cdc.bench.jvm.ClassArchive;
import io.sluice.cdc.bench.torture.judge.S3Store;
import io.sluice.cdc.bench.torture.workload.Schema;
import io.sluice.cdc.testkit.DisposableMySql;
import io.sluice.cdc.testkit.DisposableS3;
import io.sluice.cdc.testkit.FaultProxy;
import io.sluice.cdc.testkit.TcpProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The servers of a run and what stands before them. Closing ends them; the folder with the buckets
 * and logs stays.
 */
public final class World implements AutoCloseable {
  /** The bucket that readers read. */
  public static final String FINAL = "final";

  /** The bucket for what is staged. */
  public static final String TEMPORARY = "temporary";

  private final Path folder;
  private final DisposableS3 s3;
  private final DisposableMySql mysql;
  private final FaultProxy faults;
  private final TcpProxy wire;
  private final S3Store target;
  private final S3Store temporary;
  private final ClassArchive classes;

  /** Starts everything in a folder, which the caller owns. */
  public World(Path folder) throws IOException, SQLException {
    this.folder = folder;
    this.classes = ClassArchive.open(folder.resolve("classes"));
    this.s3 = DisposableS3.open(Files.createDirectories(folder.resolve("s3")));
    s3.createBucket(FINAL);
    s3.createBucket(TEMPORARY);
    this.mysql =
        DisposableMySql.builder()
            .options(
                "--max-connections=200", "--innodb-flush-log-at-trx-commit=1", "--sync-binlog=1")
            .open();
    this.faults = FaultProxy.open(s3);
    this.wire = TcpProxy.open(mysql);
    this.target = new S3Store(s3, FINAL);
    this.temporary = new S3Store(s3, TEMPORARY);
    try (Connection connection = mysql.connect()) {
      Schema.createShared(connection);
    }
  }

  /** Where buckets, logs and copies are. */
  public Path folder() {
    return folder;
  }

  /** The MySQL server, past the wire. */
  public DisposableMySql mysql() {
    return mysql;
  }

  /** The S3 server, past the faults. */
  public DisposableS3 s3() {
    return s3;
  }

  /** What victims are started from. */
  public ClassArchive classes() {
    return classes;
  }

  /** Stands before S3. */
  public FaultProxy faults() {
    return faults;
  }

  /** Stands before MySQL. */
  public TcpProxy wire() {
    return wire;
  }

  /** The final bucket, past the faults. */
  public S3Store target() {
    return target;
  }

  /** The temporary bucket, past the faults. */
  public S3Store temporary() {
    return temporary;
  }

  /** Takes every fault away. */
  public void calm() {
    faults.clear();
    wire.hold(false);
    wire.refuse(false);
    wire.throttle(0);
  }

  @Override
  public void close() {
    wire.close();
    faults.close();
    target.close();
    temporary.close();
    mysql.close();
    s3.close();
  }
}
