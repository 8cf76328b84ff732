package io.sluice.cdc.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.internal.mysql.Sql;
import java.nio.charset.Charset;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The server itself says in which character sets a text leads back to the value it came from. */
@Tag("servers")
class ReversibleTextTest {
  private static final Map<String, String> JAVA_NAMES =
      Map.ofEntries(
          Map.entry("cp850", "IBM850"),
          Map.entry("cp852", "IBM852"),
          Map.entry("cp866", "IBM866"),
          Map.entry("koi8r", "KOI8-R"),
          Map.entry("koi8u", "KOI8-U"),
          Map.entry("latin2", "ISO-8859-2"),
          Map.entry("latin5", "ISO-8859-9"),
          Map.entry("latin7", "ISO-8859-13"),
          Map.entry("macce", "x-MacCentralEurope"),
          Map.entry("macroman", "x-MacRoman"));

  private static final String ALL =
      IntStream.rangeClosed(1, 255)
          .mapToObj(i -> String.format("%02X", i))
          .collect(Collectors.joining());

  @Test
  void everyByteOfACharacterSetByWhichTablesAreCutComesBackFromUnicode() throws Exception {
    Set<String> exact = new TreeSet<>();
    Set<String> others = new TreeSet<>();
    try (Connection connection = LoadServer.mySql().connect()) {
      List<String> sets =
          Sql.query(
              connection,
              "SELECT CHARACTER_SET_NAME FROM information_schema.CHARACTER_SETS WHERE MAXLEN = 1"
                  + " AND CHARACTER_SET_NAME <> 'binary'",
              r -> r.getString(1));
      for (String set : sets) {
        boolean known = set.equals("latin1") || isJavas(connection, set);
        (known && comesBack(connection, set) ? exact : others).add(set);
      }
    }
    Set<String> used = new TreeSet<>(KeyColumn.REVERSIBLE);
    used.removeAll(Set.of("", "utf8mb4", "utf8mb3", "utf8", "ucs2", "utf16", "utf16le", "utf32"));
    used.remove("ascii"); // bytes beyond 127 are refused when they are stored
    assertThat(exact).as("not exact: %s", others).isEqualTo(used);
  }

  /** The stream reads text by Java's tables, so these have to say the same. */
  private static boolean isJavas(Connection connection, String set) throws Exception {
    String name = JAVA_NAMES.get(set);
    if (name == null) {
      return false;
    }
    byte[] bytes = new byte[255];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i + 1);
    }
    String server =
        Sql.first(connection, "SELECT CONVERT(_" + set + " x'" + ALL + "' USING utf8mb4)");
    return new String(bytes, Charset.forName(name)).equals(server);
  }

  private static boolean comesBack(Connection connection, String set) throws Exception {
    String there = "CONVERT(_" + set + " x'" + ALL + "' USING utf8mb4)";
    return ALL.equals(
        Sql.first(connection, "SELECT HEX(CONVERT(" + there + " USING " + set + "))"));
  }
}
