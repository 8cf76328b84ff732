package io.sluice.cdc.bench.torture.workload;

import io.sluice.cdc.testkit.DisposableMySql;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Several writers at once on one database, for the time of one round. Closing waits until they are
 * still.
 */
public final class Workload implements AutoCloseable {
  private static final int WRITERS = 3;
  private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(60);

  private final CountDownLatch stop = new CountDownLatch(1);
  private final AtomicLong committed = new AtomicLong();
  private final List<Writer> writers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  private Workload() {}

  /**
   * Starts the writers.
   *
   * @param huge whether one transaction is larger than any batch
   * @param alter whether tables are altered too
   * @param improvise whether there are random tables with random statements, too
   */
  public static Workload start(
      DisposableMySql mysql,
      String database,
      Random random,
      boolean huge,
      boolean alter,
      boolean improvise) {
    Workload workload = new Workload();
    String url =
        mysql.jdbcUrl(database) + "&useAffectedRows=true&connectTimeout=5000&socketTimeout=30000";
    for (int i = 0; i < WRITERS; i++) {
      Writer writer =
          new Writer(
              i,
              url,
              mysql.rootUser(),
              mysql.rootPassword(),
              new Random(random.nextLong()),
              workload.stop,
              workload.committed,
              huge && i == 0);
      workload.writers.add(writer);
      workload.run("writer-" + i, writer);
    }
    if (alter) {
      Random own = new Random(random.nextLong());
      workload.run(
          "alterer", new Alterer(url, mysql.rootUser(), mysql.rootPassword(), own, workload.stop));
    }
    if (improvise) {
      Random own = new Random(random.nextLong());
      workload.run(
          "improviser",
          new Improviser(
              url, mysql.rootUser(), mysql.rootPassword(), database, own, workload.stop));
    }
    return workload;
  }

  private void run(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  /** Transactions that were committed for sure. */
  public long committed() {
    return committed.get();
  }

  /** Stops the writers and waits for them. */
  @Override
  public void close() throws InterruptedException, SQLException {
    stop.countDown();
    for (Thread thread : threads) {
      thread.join(LONGEST_STATEMENT.toMillis());
      if (thread.isAlive()) {
        throw new IllegalStateException(thread.getName() + " did not stop; the server is stuck");
      }
    }
    for (Writer writer : writers) {
      @Nullable SQLException failure = writer.failure();
      if (failure != null) {
        throw failure;
      }
    }
  }
}
