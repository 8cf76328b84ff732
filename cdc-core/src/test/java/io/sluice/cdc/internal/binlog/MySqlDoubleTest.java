package io.sluice.cdc.internal.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.testkit.DisposableMySql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("servers")
class MySqlDoubleTest {
  private static final long SEED = 20_240_607;
  private static final String EDGES =
      "0 -0.0 1 -1 0.1 1.5 100 1e14 1e15 1e16 1e17 1e18 1e20 1e21 1e22 1e23 1e100 123456789012345"
          + " 1234567890123456 12345678901234567 1.2345678901234567e17 1.2345678901234567e18 9007199254740993"
          + " 0.001 0.0001 1e-5 1e-10 1e-15 1e-16 1e-17 1.5e-5 1.23456789e-7 1.2345678901234567e-10 4.9e-324"
          + " 1.7976931348623157e308 2.2250738585072014e-308 2.2250738585072009e-308 3.14 0.3 0.6666666666666666";

  @Test
  void doublesInsideJsonArePrintedAsMySqlPrintsThem() throws Exception {
    List<Double> values = values();
    List<String> wrong = new ArrayList<>();
    try (DisposableMySql mysql = DisposableMySql.open();
        Connection connection = mysql.connect();
        Statement ask = connection.createStatement()) {
      for (double value : values) {
        // A literal is read exactly; MySQL's JSON parser would round the last digit its own way.
        String literal = String.valueOf(value).contains("E") ? "" + value : value + "E0";
        try (ResultSet answer =
            ask.executeQuery("SELECT CAST(JSON_ARRAY(" + literal + ") AS CHAR)")) {
          answer.next();
          String expected = answer.getString(1);
          String found = "[" + MySqlDouble.text(value) + "]";
          if (!expected.equals(found)) {
            wrong.add(value + ": expected " + expected + " but was " + found);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static List<Double> values() {
    List<Double> values = new ArrayList<>();
    Stream.of(EDGES.split(" ")).map(Double::valueOf).forEach(values::add);
    Random random = new Random(SEED);
    for (int i = 0; i < 2000; i++) {
      double any = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(any)) {
        values.add(any);
      }
      values.add(random.nextInt(2_000_000) / 1000.0);
      values.add(random.nextDouble() * Math.pow(10, random.nextInt(40) - 20));
      values.add((double) Math.round(random.nextDouble() * 1e6) * Math.pow(10, random.nextInt(20)));
    }
    return values;
  }
}
