package io.sluice.cdc.examples.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What one connection does: each call is one transaction, picked at random. Used by one thread. */
final class Customer implements AutoCloseable {
  private static final int CUSTOMERS = 30_000;
  private static final int PRODUCTS = 2_000;
  private static final int ORDERS = 100_000;

  private final Connection connection;
  private final Random random;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  /** The connection stays the caller's. */
  Customer(Connection connection, int seed) {
    this.connection = connection;
    this.random = new Random(seed);
  }

  /** Does something, without the commit; returns how many rows it changed. */
  long act() throws SQLException {
    int dice = random.nextInt(100);
    if (dice < 50) {
      return order();
    }
    if (dice < 70) {
      return moveOn();
    }
    if (dice < 80) {
      return visit();
    }
    if (dice < 90) {
      return cancel();
    }
    return dice < 96 ? renumber() : rename();
  }

  /** One transaction over four tables. */
  private long order() throws SQLException {
    int customer = 1 + random.nextInt(CUSTOMERS);
    double total = random.nextInt(50_000) / 100.0;
    long rows =
        run(
            "INSERT INTO shop.orders (customer_id, status, total, note, ordered_at, pick_time, score)"
                + " VALUES (?, 'new', ?, ?, NOW(6), CURTIME(), ?)",
            customer,
            total,
            random.nextInt(3) == 0 ? "Ümläuts & 日本 \uD83C\uDF81" : null,
            random.nextDouble());
    int items = 1 + random.nextInt(4);
    for (int line = 1; line <= items; line++) {
      String sku = sku();
      rows +=
          run(
              "INSERT INTO shop.order_items VALUES (LAST_INSERT_ID(), ?, ?, ?, ?)",
              line,
              sku,
              1 + random.nextInt(5),
              random.nextInt(10_000) / 100.0);
      rows += run("UPDATE shop.products SET stock = stock - 1 WHERE sku = ?", sku);
    }
    return rows
        + run("UPDATE shop.customers SET balance = balance - ? WHERE id = ?", total, customer);
  }

  private long moveOn() throws SQLException {
    return run(
        "UPDATE shop.orders SET status = ELT(1 + ?, 'paid', 'sent', 'done', 'returned'), note = NULL WHERE id = ?",
        random.nextInt(4),
        1 + random.nextInt(ORDERS));
  }

  private long visit() throws SQLException {
    return run(
        "UPDATE shop.customers SET updated_at = NOW(3), preferences ="
            + " JSON_SET(COALESCE(preferences, '{}'), '$.visits', ?, '$.last', JSON_ARRAY(?, 'web', 1.5)) WHERE id = ?",
        random.nextInt(1000),
        random.nextInt(10),
        1 + random.nextInt(CUSTOMERS));
  }

  private long cancel() throws SQLException {
    int order = 1 + random.nextInt(ORDERS);
    return run("DELETE FROM shop.order_items WHERE order_id = ?", order)
        + run("DELETE FROM shop.orders WHERE id = ?", order);
  }

  /** Changes a part of a primary key: a delete and an insert for readers. */
  private long renumber() throws SQLException {
    return run(
        "UPDATE shop.order_items SET line = line + 100 WHERE order_id = ? AND line < 100",
        1 + random.nextInt(ORDERS));
  }

  /** Takes a product away and brings a new one. */
  private long rename() throws SQLException {
    String sku = sku();
    return run(
            "UPDATE shop.products SET sku = ?, introduced = YEAR(NOW()) WHERE sku = ?",
            "N" + sku.substring(1),
            sku)
        + run(
            "UPDATE shop.products SET price = price * 1.01, weight = weight / 3 WHERE sku = ?",
            sku());
  }

  private String sku() {
    return String.format(Locale.ROOT, "SKU-%06d", random.nextInt(PRODUCTS));
  }

  private long run(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement.executeUpdate();
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : statements.values()) {
      statement.close();
    }
  }
}
