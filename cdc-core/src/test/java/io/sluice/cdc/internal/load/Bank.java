package io.sluice.cdc.internal.load;

import io.sluice.cdc.event.GtidSet;
import io.sluice.cdc.event.LoadView;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.internal.mysql.Sql;
import io.sluice.cdc.testkit.DisposableMySql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * Accounts in two tables between which clerks move money: whoever sees one moment sees the same
 * sum.
 */
final class Bank {
  private static final int CLERKS = 3;

  private Bank() {}

  /** A new database with the accounts. */
  static String open(DisposableMySql server, int accounts) throws SQLException {
    String database = LoadServer.database();
    server.execute(
        "USE " + database,
        "SET SESSION cte_max_recursion_depth = 1000000",
        "CREATE TABLE giro (id int primary key, money bigint not null, pad varchar(200))",
        "CREATE TABLE savings (id int primary key, money bigint not null, pad varchar(200))",
        "CREATE TABLE journal (id int auto_increment primary key, note varchar(50))",
        "INSERT INTO giro WITH RECURSIVE s AS (SELECT 1 n UNION ALL SELECT n + 1 FROM s WHERE n < "
            + accounts
            + ") SELECT n, 1000, REPEAT('x', 150) FROM s",
        "INSERT INTO savings SELECT id, 0, pad FROM giro",
        "ANALYZE TABLE giro, savings");
    return database;
  }

  /** Clerks that transfer until they are closed. */
  static Clerks busy(DisposableMySql server, String database, int accounts) throws SQLException {
    return new Clerks(server, database, accounts);
  }

  static long money(RecordingOutput output, String database) {
    long sum = 0;
    for (String table : List.of("giro", "savings")) {
      for (List<String> row : output.rows(new TableName(database, table))) {
        sum += Long.parseLong(row.get(1));
      }
    }
    return sum;
  }

  /** How many transfers the binlog holds that the view names: by GTID, and the same by position. */
  static long transfersWithin(DisposableMySql server, String database, LoadView view, GtidSet gtids)
      throws SQLException {
    long byGtid = 0;
    long byPosition = 0;
    try (Connection connection = server.connect()) {
      for (String file : Sql.query(connection, "SHOW BINARY LOGS", r -> r.getString(1))) {
        String[] gtid = {""};
        List<String[]> events =
            Sql.query(
                connection,
                "SHOW BINLOG EVENTS IN '" + file + "'",
                r ->
                    new String[] {
                      r.getString("Event_type"), r.getString("Info"), r.getString("End_log_pos")
                    });
        for (String[] event : events) {
          if (event[0].equals("Gtid")) {
            gtid[0] = event[1].substring(event[1].indexOf('\'') + 1, event[1].lastIndexOf('\''));
          } else if (event[0].equals("Table_map")
              && event[1].endsWith("(" + database + ".journal)")) {
            byGtid += gtids.contains(gtid[0]) ? 1 : 0;
            byPosition += view.position().covers(file, Long.parseLong(event[2])) ? 1 : 0;
          }
        }
      }
    }
    if (byGtid != byPosition) {
      throw new AssertionError(byGtid + " transfers by GTID, " + byPosition + " by position");
    }
    return byGtid;
  }

  /** Threads that move money in transactions of both tables and note each in the journal. */
  static final class Clerks implements AutoCloseable {
    private final List<Thread> threads = new ArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final CountDownLatch warm = new CountDownLatch(50);
    private volatile boolean closed;

    private Clerks(DisposableMySql server, String database, int accounts) throws SQLException {
      for (int i = 0; i < CLERKS; i++) {
        Connection connection = server.connect();
        Random random = new Random(i);
        Thread thread = new Thread(() -> work(connection, database, accounts, random));
        threads.add(thread);
        thread.start();
      }
    }

    private void work(Connection connection, String database, int accounts, Random random) {
      try (connection) {
        connection.setAutoCommit(false);
        while (!closed) {
          transfer(
              connection, database, random.nextInt(accounts) + 1, random.nextInt(accounts) + 1);
          warm.countDown();
        }
      } catch (SQLException e) {
        failures.add(e);
      }
    }

    private static void transfer(Connection connection, String database, int from, int to)
        throws SQLException {
      try {
        Sql.run(
            connection, "UPDATE " + database + ".giro SET money = money - 1 WHERE id = " + from);
        Sql.run(
            connection, "UPDATE " + database + ".savings SET money = money + 1 WHERE id = " + to);
        Sql.run(connection, "INSERT INTO " + database + ".journal (note) VALUES ('moved')");
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
        if (e.getErrorCode() != 1213 && e.getErrorCode() != 1205) {
          throw e;
        }
      }
    }

    void awaitTransfers() throws InterruptedException {
      warm.await();
    }

    @Override
    public void close() throws InterruptedException {
      closed = true;
      for (Thread thread : threads) {
        thread.join();
      }
      if (!failures.isEmpty()) {
        throw new AssertionError("a clerk failed", failures.get(0));
      }
    }
  }
}
