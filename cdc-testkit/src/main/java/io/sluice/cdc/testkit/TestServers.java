package io.sluice.cdc.testkit;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A MySQL and an S3 server that were started side by side, which takes hardly longer than one of
 * them.
 *
 * <p>Both are owned by this object and end with it. Thread-safe.
 */
public final class TestServers implements AutoCloseable {
  private final DisposableMySql mysql;
  private final DisposableS3 s3;

  private TestServers(DisposableMySql mysql, DisposableS3 s3) {
    this.mysql = mysql;
    this.s3 = s3;
  }

  /** Starts both with all defaults; returns when both are ready. */
  public static TestServers open() {
    return open(DisposableMySql.builder());
  }

  /** Starts both, MySQL as the builder says; returns when both are ready. */
  public static TestServers open(DisposableMySql.Builder mysql) {
    FutureTask<DisposableS3> starting = new FutureTask<>(DisposableS3::open);
    new Thread(starting, "s3-start").start();
    DisposableMySql started;
    try {
      started = mysql.open();
    } catch (RuntimeException e) {
      closeAfter(starting, e);
      throw e;
    }
    try {
      return new TestServers(started, await(starting));
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
  }

  private static void closeAfter(FutureTask<DisposableS3> starting, RuntimeException problem) {
    try {
      await(starting).close();
    } catch (RuntimeException e) {
      problem.addSuppressed(e);
    }
  }

  private static DisposableS3 await(FutureTask<DisposableS3> starting) {
    try {
      return starting.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The S3 server did not start: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the S3 server starts", e);
    }
  }

  public DisposableMySql mysql() {
    return mysql;
  }

  public DisposableS3 s3() {
    return s3;
  }

  @Override
  public void close() {
    try {
      s3.close();
    } finally {
      mysql.close();
    }
  }
}
