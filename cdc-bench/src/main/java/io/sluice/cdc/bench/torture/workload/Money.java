package io.sluice.cdc.bench.torture.workload;

import java.sql.SQLException;
import java.util.List;

/** Steps that move money between accounts; none is made and none is lost. */
final class Money {
  private static final int NEW_KEYS = 1_000_000;

  private Money() {}

  /** From one account to another, in any of the tables. */
  static void transfer(Session s) throws SQLException {
    int amount = 1 + s.random().nextInt(50);
    String from = account(s);
    String to = account(s);
    if (from.isEmpty() || to.isEmpty() || from.equals(to)) {
      return;
    }
    pay(s, from, -amount);
    pay(s, to, amount);
  }

  /** A new account, with money from an old one. */
  static void open(Session s) throws SQLException {
    String from = account(s);
    if (from.isEmpty()) {
      return;
    }
    int key = NEW_KEYS + s.random().nextInt(NEW_KEYS);
    int opened =
        switch (s.random().nextInt(3)) {
          case 0 -> s.change("INSERT IGNORE INTO account_int VALUES (" + key + ", 7, NULL)");
          case 1 ->
              s.change(
                  "INSERT IGNORE INTO account_pair VALUES ("
                      + key % 9
                      + ", "
                      + key
                      + ", 7, 'opened')");
          default ->
              s.change(
                  "INSERT IGNORE INTO account_text VALUES ('" + name(s, key) + "', 7, 'opened')");
        };
    pay(s, from, -7L * opened);
  }

  /** An account is closed, its money goes to another. */
  static void close(Session s) throws SQLException {
    String from = account(s);
    String to = account(s);
    if (from.isEmpty() || to.isEmpty() || from.equals(to)) {
      return;
    }
    List<String> balance = s.read("SELECT balance " + from + " FOR UPDATE");
    if (!balance.isEmpty() && s.change("DELETE " + from) == 1) {
      pay(s, to, Long.parseLong(balance.get(0)));
    }
  }

  /** An account gets another key; a text key sometimes one that the server takes for the same. */
  static void rename(Session s) throws SQLException {
    String of = account(s);
    if (of.isEmpty()) {
      return;
    }
    int key = NEW_KEYS + s.random().nextInt(NEW_KEYS);
    String[] parts = of.split(" WHERE ", 2);
    String table = parts[0].substring("FROM ".length());
    String assignment =
        switch (table) {
          case "account_int" -> "id = " + key;
          case "account_pair" -> "region = region + 1";
          default ->
              s.random().nextBoolean() ? "name = '" + name(s, key) + "'" : "name = UPPER(name)";
        };
    s.rekey("UPDATE IGNORE " + table + " SET " + assignment + " WHERE " + parts[1]);
  }

  private static void pay(Session s, String account, long amount) throws SQLException {
    String update =
        account.replaceFirst("FROM (\\w+)", "UPDATE $1 SET balance = balance + " + amount);
    if (amount != 0 && s.change(update) != 1) {
      throw new Lost();
    }
  }

  private static String name(Session s, int key) {
    return (s.random().nextBoolean() ? "new " : "Né ") + key % 5_000;
  }

  /** {@code FROM … WHERE …} of an account that is there, or empty. */
  private static String account(Session s) throws SQLException {
    String table = Schema.ACCOUNTS.get(s.random().nextInt(Schema.ACCOUNTS.size()));
    String key =
        switch (table) {
          case "account_int" -> "CONCAT('id = ', id)";
          case "account_pair" -> "CONCAT('region = ', region, ' AND no = ', no)";
          default -> "CONCAT('name = ', QUOTE(name))";
        };
    String order =
        switch (table) {
          case "account_int" -> "id >= " + s.random().nextInt(400) + " ORDER BY id";
          case "account_pair" -> "no >= " + s.random().nextInt(400) + " ORDER BY region, no";
          default -> "name >= '" + (char) ('A' + s.random().nextInt(26)) + "' ORDER BY name";
        };
    List<String> found =
        s.read("SELECT " + key + " FROM " + table + " WHERE " + order + " LIMIT 1");
    return found.isEmpty() ? "" : "FROM " + table + " WHERE " + found.get(0);
  }

  /** The account went away while we looked: the transaction must not be committed. */
  static final class Lost extends SQLException {
    private static final long serialVersionUID = 1L;
  }
}
