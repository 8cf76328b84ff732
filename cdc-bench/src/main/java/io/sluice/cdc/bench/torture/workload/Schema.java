package io.sluice.cdc.bench.torture.workload;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables of one database under torture, and what is in them before anything else happens. */
public final class Schema {
  /** The tables whose balances have one sum, always. */
  public static final List<String> ACCOUNTS =
      List.of("account_int", "account_pair", "account_text");

  /** Every transaction writes here, last, how many rows it makes in the bucket. */
  public static final String JOURNAL = "journal";

  /** A database that no pipeline includes. */
  private static final String AUX = "torture_aux";

  private static final int NUMBERS = 5_000;
  private static final int SEEDED = 300;

  private Schema() {}

  /** Makes what is shared by all databases. */
  public static void createShared(Connection connection) throws SQLException {
    execute(
        connection,
        "CREATE DATABASE " + AUX,
        "CREATE TABLE " + AUX + ".numbers (n INT PRIMARY KEY)",
        "SET SESSION cte_max_recursion_depth = " + NUMBERS,
        "INSERT INTO "
            + AUX
            + ".numbers WITH RECURSIVE s AS (SELECT 0 AS n UNION ALL SELECT n + 1 FROM s WHERE n < "
            + (NUMBERS - 1)
            + ") SELECT n FROM s");
  }

  /** A query that gives the numbers from 0 up to a limit of {@value #NUMBERS}. */
  static String numbers(int limit) {
    return "(SELECT n FROM " + AUX + ".numbers WHERE n < " + limit + ")";
  }

  /** Makes the database and fills it; a full load then has chunks to cut. */
  public static void create(Connection connection, String database) throws SQLException {
    execute(
        connection,
        "CREATE DATABASE " + database + " CHARACTER SET utf8mb4",
        "USE " + database,
        "CREATE TABLE account_int (id INT PRIMARY KEY, balance BIGINT NOT NULL, note VARCHAR(60))",
        "CREATE TABLE account_pair (region SMALLINT, no INT, balance BIGINT NOT NULL, note VARCHAR(60),"
            + " PRIMARY KEY (region, no))",
        "CREATE TABLE account_text (name VARCHAR(40) COLLATE utf8mb4_0900_ai_ci PRIMARY KEY, balance BIGINT NOT NULL,"
            + " note VARCHAR(60))",
        "CREATE TABLE bin (k VARBINARY(12) PRIMARY KEY, v INT)",
        "CREATE TABLE heap (a INT, b VARCHAR(20))",
        "CREATE TABLE bulk (id BIGINT AUTO_INCREMENT PRIMARY KEY, batch INT NOT NULL, payload MEDIUMBLOB, KEY (batch))",
        "CREATE TABLE shape (id INT AUTO_INCREMENT PRIMARY KEY, v INT)",
        "CREATE TABLE journal (id BIGINT AUTO_INCREMENT PRIMARY KEY, writer INT NOT NULL, changes INT NOT NULL)",
        "CREATE TABLE kinds (id INT AUTO_INCREMENT PRIMARY KEY, " + Kinds.columns() + ")",
        "INSERT INTO account_int SELECT n, 1000, 'seed' FROM " + numbers(SEEDED) + " s",
        "INSERT INTO account_pair SELECT n % 7, n, 1000, REPEAT('x', n % 50) FROM "
            + numbers(SEEDED)
            + " s",
        "INSERT INTO account_text SELECT CONCAT(CHAR(65 + n % 26), 'ame ', n), 1000, NULL FROM "
            + numbers(SEEDED)
            + " s",
        "INSERT INTO bin SELECT LEFT(UNHEX(SHA2(n, 256)), 8), n FROM " + numbers(SEEDED) + " s",
        "INSERT INTO heap SELECT n % 9, REPEAT('h', n % 3) FROM " + numbers(SEEDED) + " s",
        "INSERT INTO bulk (batch, payload) SELECT n % 20, RANDOM_BYTES(200) FROM "
            + numbers(3_000)
            + " s");
    try (Statement statement = connection.createStatement()) {
      for (String row : Kinds.edges()) {
        statement.execute("INSERT INTO kinds VALUES (NULL, " + row + ")");
      }
    }
  }

  /** The sum that all balances have, now and at every end of a transaction. */
  public static long sum() {
    return 1_000L * SEEDED * ACCOUNTS.size();
  }

  static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
