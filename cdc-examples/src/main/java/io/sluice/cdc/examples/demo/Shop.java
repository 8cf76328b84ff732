package io.sluice.cdc.examples.demo;

import io.sluice.cdc.testkit.DisposableMySql;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Objects;

/** Makes the shop's tables and fills them inside MySQL. */
final class Shop {
  static final String DATABASE = "shop";

  private Shop() {}

  static void make(DisposableMySql mysql) throws SQLException {
    mysql.execute(statements());
  }

  private static String[] statements() {
    try (InputStream in = Objects.requireNonNull(Shop.class.getResourceAsStream("shop.sql"))) {
      String text =
          new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*$", "");
      return Arrays.stream(text.split(";\\s*\n")).filter(s -> !s.isBlank()).toArray(String[]::new);
    } catch (IOException e) {
      throw new UncheckedIOException("The demo's shop.sql cannot be read", e);
    }
  }
}
