package io.sluice.cdc.bench.torture.workload;

import io.sluice.cdc.bench.torture.workload.Session.Step;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What transactions are made of, apart from money. */
final class Steps {
  private static final int BATCHES = 40;
  private static final int HUGE_ROWS = 4_500;
  private static final int HUGE_ROW_KIB = 4;

  private static final List<Step> COMMON =
      List.of(
          Money::transfer,
          Money::transfer,
          Money::transfer,
          Money::open,
          Money::close,
          Money::rename,
          Steps::insertBinary,
          Steps::changeBinary,
          Steps::rekeyBinary,
          Steps::insertTwins,
          Steps::changeTwins,
          Steps::deleteTwins,
          Steps::insertKinds,
          Steps::changeKinds,
          Steps::deleteKinds,
          Steps::insertShape,
          Steps::changeShape,
          Steps::changeBulk,
          Steps::deleteBulk);

  private Steps() {}

  /** A small step. */
  static Step small(Random random) {
    return COMMON.get(random.nextInt(COMMON.size()));
  }

  /** Some thousand small rows. */
  static void large(Session s) throws SQLException {
    int rows = 500 + s.random().nextInt(3_000);
    fill(s, rows, "RANDOM_BYTES(" + (20 + s.random().nextInt(180)) + ")");
  }

  /** So many bytes that no batch holds them: such a transaction is committed in parts. */
  static void huge(Session s) throws SQLException {
    String kibibytes =
        String.join(", ", java.util.Collections.nCopies(HUGE_ROW_KIB, "RANDOM_BYTES(1024)"));
    fill(s, HUGE_ROWS, "CONCAT(" + kibibytes + ")");
    s.change(
        "DELETE FROM bulk WHERE LENGTH(payload) >= 4096 AND id % 3 < 2 ORDER BY id LIMIT 2000");
  }

  private static void fill(Session s, int rows, String payload) throws SQLException {
    s.change(
        "INSERT INTO bulk (batch, payload) SELECT "
            + batch(s)
            + ", "
            + payload
            + " FROM "
            + Schema.numbers(rows)
            + " s");
  }

  private static void changeBulk(Session s) throws SQLException {
    s.change("UPDATE bulk SET payload = RANDOM_BYTES(50) WHERE batch = " + batch(s) + " LIMIT 30");
  }

  private static void deleteBulk(Session s) throws SQLException {
    s.change("DELETE FROM bulk WHERE batch = " + batch(s) + " LIMIT 400");
  }

  private static int batch(Session s) {
    return s.random().nextInt(BATCHES);
  }

  /** The zero at the end is part of the key. */
  private static String key(Session s) {
    return String.format(
        Locale.ROOT, "x'%02x00%02x'", s.random().nextInt(256), s.random().nextInt(4));
  }

  private static void insertBinary(Session s) throws SQLException {
    s.change("INSERT IGNORE INTO bin VALUES (" + key(s) + ", " + s.random().nextInt() + ")");
  }

  private static void changeBinary(Session s) throws SQLException {
    s.change("UPDATE bin SET v = IF(v = 1, 2, 1) WHERE k > " + key(s) + " ORDER BY k LIMIT 3");
  }

  private static void rekeyBinary(Session s) throws SQLException {
    List<String> old =
        s.read("SELECT HEX(k) FROM bin WHERE k >= " + key(s) + " ORDER BY k LIMIT 1");
    if (!old.isEmpty()) {
      s.rekey("UPDATE IGNORE bin SET k = " + key(s) + " WHERE k = x'" + old.get(0) + "'");
    }
  }

  private static void insertTwins(Session s) throws SQLException {
    String row = "(" + s.random().nextInt(9) + ", 'twin')";
    s.change("INSERT INTO heap VALUES " + row + ", " + row + ", " + row);
  }

  private static void changeTwins(Session s) throws SQLException {
    s.rekey(
        "UPDATE heap SET b = CONCAT('c', LENGTH(b) % 5) WHERE a = "
            + s.random().nextInt(9)
            + " LIMIT 2");
  }

  private static void deleteTwins(Session s) throws SQLException {
    s.change("DELETE FROM heap WHERE a = " + s.random().nextInt(9) + " LIMIT 3");
  }

  private static void insertKinds(Session s) throws SQLException {
    s.change("INSERT INTO kinds VALUES (NULL, " + Kinds.row(s.random()) + ")");
  }

  private static void changeKinds(Session s) throws SQLException {
    s.change(
        "UPDATE kinds SET "
            + Kinds.assignment(s.random())
            + " WHERE id % 17 = "
            + s.random().nextInt(17)
            + " LIMIT 2");
  }

  private static void deleteKinds(Session s) throws SQLException {
    s.change("DELETE FROM kinds WHERE id % 29 = " + s.random().nextInt(29) + " LIMIT 1");
  }

  private static void insertShape(Session s) throws SQLException {
    s.change("INSERT INTO shape (v) VALUES (" + s.random().nextInt(100_000) + ")");
  }

  private static void changeShape(Session s) throws SQLException {
    s.change("UPDATE shape SET v = v + 1 WHERE id % 13 = " + s.random().nextInt(13) + " LIMIT 2");
  }
}
