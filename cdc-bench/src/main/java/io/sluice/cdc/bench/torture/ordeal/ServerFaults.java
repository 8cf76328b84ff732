package io.sluice.cdc.bench.torture.ordeal;

import io.sluice.cdc.bench.torture.victim.Victim;
import io.sluice.cdc.testkit.DisposableMySql;
import io.sluice.cdc.testkit.fault.Fault;
import io.sluice.cdc.testkit.fault.FaultRule;
import io.sluice.cdc.testkit.fault.RequestMatch;
import io.sluice.cdc.testkit.fault.S3Operation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * F19: MySQL dies, comes back, cuts connections, or the wire to it does. A process may stop loudly;
 * it is started again then.
 */
final class ServerFaults {
  private static final String MYSQL_AWAY = "(?i)mysql|server|connect|binlog";

  private ServerFaults() {}

  static List<Ordeal> all() {
    return List.of(
        Ordeal.of("F19", "mysqld killed", 2, s -> suffer(s, ServerFaults::killServer)),
        Ordeal.of("F19", "mysqld restarted", 1, s -> suffer(s, ServerFaults::restartServer)),
        Ordeal.of("F19", "connections cut", 2, s -> suffer(s, ServerFaults::cut)),
        Ordeal.of("F19", "network holds everything back", 1, s -> suffer(s, ServerFaults::hold)),
        Ordeal.of("F19", "dump thread killed", 1, s -> suffer(s, ServerFaults::killDump)),
        Ordeal.of("F19", "wait_timeout", 1, ServerFaults::waitTimeout),
        Ordeal.of("F19", "S3 and MySQL away together", 1, ServerFaults::bothAway));
  }

  private interface Blow {
    void strike(Scene scene, Victim victim) throws Exception;
  }

  private static void suffer(Scene scene, Blow blow) throws Exception {
    Victim victim = scene.start();
    do {
      Deaths.atAMoment(scene, victim);
      blow.strike(scene, victim);
      scene.pause(victim, 1_500);
      if (!victim.alive()) {
        requireReason(scene, victim);
        victim = scene.start();
      }
    } while (!scene.timeIsOver());
    victim.await(s -> s.pipeline().equals("STREAMING"), Duration.ofSeconds(30));
    if (!victim.alive()) {
      requireReason(scene, victim);
    }
  }

  private static void requireReason(Scene scene, Victim victim) throws InterruptedException {
    scene.requireLoud(victim, MYSQL_AWAY);
    if (victim.state().streamed()) {
      scene.complain("a stream that lost its server must wait for it: " + victim.state().loud());
    }
  }

  private static void killServer(Scene scene, Victim victim) throws InterruptedException {
    DisposableMySql mysql = scene.world().mysql();
    scene.figures().count("mysqld kill -9");
    mysql.kill();
    scene.pause(victim, 1_000);
    mysql.start();
  }

  private static void restartServer(Scene scene, Victim victim) {
    scene.figures().count("mysqld restart");
    scene.world().mysql().restart();
  }

  private static void cut(Scene scene, Victim victim) throws InterruptedException {
    scene.figures().count("mysql wire cut");
    scene.world().wire().refuse(scene.random().nextBoolean());
    scene.world().wire().cut();
    scene.pause(victim, 1_000);
    scene.world().wire().refuse(false);
  }

  private static void hold(Scene scene, Victim victim) throws InterruptedException {
    scene.figures().count("mysql wire held");
    scene.world().wire().hold(true);
    scene.pause(victim, 4_000);
    if (scene.random().nextBoolean()) {
      scene.world().wire().cut();
    }
    scene.world().wire().hold(false);
  }

  private static void killDump(Scene scene, Victim victim) throws SQLException {
    try (Connection connection = scene.world().mysql().connect();
        Statement statement = connection.createStatement()) {
      List<Long> dumps = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT id FROM information_schema.processlist WHERE command LIKE 'Binlog Dump%'")) {
        while (rows.next()) {
          dumps.add(rows.getLong(1));
        }
      }
      for (long dump : dumps) {
        scene.figures().count("dump thread killed");
        statement.execute("KILL " + dump);
      }
    } catch (SQLException e) {
      if (!"HY000".equals(e.getSQLState())) { // the thread ended by itself
        throw e;
      }
    }
  }

  private static void waitTimeout(Scene scene) throws Exception {
    scene.world().mysql().execute("SET GLOBAL wait_timeout = 1");
    try {
      Victim victim = scene.start();
      scene.awaitCommits(victim, 1, Duration.ofSeconds(30));
      victim.awaitEnd(Duration.ofSeconds(3));
      if (!victim.alive()) {
        requireReason(scene, victim);
      }
      scene.figures().count("wait_timeout");
    } finally {
      scene.world().mysql().execute("SET GLOBAL wait_timeout = 28800");
    }
  }

  /**
   * A commit is under way all the time that the stream is lost, longer than anybody waits for its
   * end.
   */
  private static void bothAway(Scene scene) throws InterruptedException {
    Victim victim = scene.start();
    victim.await(s -> s.streamed() && s.commits() > 1, Duration.ofSeconds(60));
    FaultRule rule =
        scene.spoil(
            RequestMatch.of(S3Operation.PUT_OBJECT).key(scene.generation().logPrefix() + ".*"),
            Fault.dropRequest());
    for (int i = 0; i < 100 && rule.fired() == 0; i++) {
      victim.awaitEnd(Duration.ofMillis(100));
    }
    scene.world().wire().cut();
    scene.figures().count("mysql wire cut");
    victim.awaitEnd(Duration.ofSeconds(22 + scene.random().nextInt(5)));
    scene.world().faults().remove(rule);
    int commits = victim.state().commits();
    scene.awaitCommits(victim, commits + 2, Duration.ofSeconds(60));
    scene.requireQuiet(victim);
  }
}
