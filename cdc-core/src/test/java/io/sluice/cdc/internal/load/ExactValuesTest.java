package io.sluice.cdc.internal.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.config.TypesConfig;
import io.sluice.cdc.error.UnsupportedColumnException;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.ZeroDates;
import io.sluice.cdc.internal.mysql.UnfitValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** What MySQL says is what the load says, at the edges of every type. */
class ExactValuesTest {
  @Test
  void wholeNumbers() throws Exception {
    same("tinyint", "-128", "127", "NULL", "5");
    same("tinyint unsigned", "0", "255");
    same("smallint", "-32768", "32767");
    same("smallint unsigned", "65535");
    same("mediumint", "-8388608", "8388607");
    same("mediumint unsigned", "16777215");
    same("int", "-2147483648", "2147483647");
    same("int unsigned", "4294967295");
    same("bigint", "-9223372036854775808", "9223372036854775807", "0");
    same(
        "bigint unsigned",
        "0",
        "127",
        "128",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551615");
    becomes("int(5) zerofill", "42", "42");
    becomes("boolean", "TRUE", "1", "FALSE", "0", "5", "5");
    becomes("bit(1)", "b'1'", "1", "b'0'", "0");
    same("bit(63)", "9223372036854775807");
    same("bit(64)", "18446744073709551615", "1", "9223372036854775808", "0");
    becomes("year", "1901", "1901", "2155", "2155", "'0000'", "0");
  }

  @Test
  void decimals() throws Exception {
    same("decimal(1,0)", "-9", "9");
    same("decimal(18,18)", "0.999999999999999999", "-0.000000000000000001");
    same("decimal(18,0)", "999999999999999999", "-999999999999999999");
    becomes(
        "decimal(20,5)",
        "1.5",
        "1.50000",
        "-999999999999999.99999",
        "-999999999999999.99999",
        "0",
        "0.00000");
    same(
        "decimal(38,10)",
        "9999999999999999999999999999.9999999999",
        "-1.0000000000",
        "-9999999999999999999999999999.9999999999");
    same("decimal(30,30)", "0.999999999999999999999999999999", "-0.000000000000000000000000000001");
    same("decimal(19,0)", "9999999999999999999", "-9999999999999999999", "-1");
    same(
        "decimal(65,30)",
        "99999999999999999999999999999999999.999999999999999999999999999999",
        "-0.500000000000000000000000000000");
  }

  @Test
  void floats() throws Exception {
    becomes(
        "float",
        "0.1",
        "0.10000000149011612",
        "3.4028234e38",
        "3.4028234663852886E38",
        "16777217",
        "1.6777216E7",
        "-0e0",
        "-0.0",
        "1.17549435e-38",
        "1.1754943508222875E-38");
    becomes("float(7,3)", "1234.567", "1234.5670166015625");
    becomes(
        "double",
        "0.1",
        "0.1",
        "1.7976931348623157e308",
        "1.7976931348623157E308",
        "2.2250738585072014e-308",
        "2.2250738585072014E-308",
        "-0e0",
        "-0.0",
        "123456789.123456789",
        "1.2345678912345679E8",
        "9007199254740993",
        "9.007199254740992E15",
        "5e-324",
        "4.9E-324",
        "1e22",
        "1.0E22",
        "-12.5",
        "-12.5");
    becomes("double(20,3)", "12345678901234567.891", "1.2345678901234568E16", "0.125", "0.125");
  }

  @Test
  void datesAndTimes() throws Exception {
    becomes(
        "date",
        "'1000-01-01'",
        "1000-01-01",
        "'9999-12-31'",
        "9999-12-31",
        "'1970-01-01'",
        "1970-01-01",
        "'0001-01-01'",
        "0001-01-01",
        "'2000-02-29'",
        "2000-02-29",
        "'1900-02-28'",
        "1900-02-28");
    becomes(
        "datetime",
        "'0001-01-01 00:00:00'",
        "0001-01-01 00:00:00.000000",
        "'9999-12-31 23:59:59'",
        "9999-12-31 23:59:59.000000");
    becomes(
        "datetime(6)",
        "'1969-12-31 23:59:59.999999'",
        "1969-12-31 23:59:59.999999",
        "'2024-03-31 02:30:00.1'",
        "2024-03-31 02:30:00.100000");
    becomes("datetime(3)", "'2024-03-31 02:30:00.1239'", "2024-03-31 02:30:00.124000");
    becomes(
        "timestamp null",
        "'1970-01-01 00:00:01'",
        "1970-01-01 00:00:01.000000",
        "'2038-01-19 03:14:07'",
        "2038-01-19 03:14:07.000000",
        "NULL",
        "NULL");
    becomes("timestamp(6)", "'2024-10-27 01:30:00.000001'", "2024-10-27 01:30:00.000001");
    becomes(
        "time",
        "'-838:59:59'",
        "-838:59:59.000000",
        "'838:59:59'",
        "838:59:59.000000",
        "0",
        "00:00:00.000000",
        "'-00:00:01'",
        "-00:00:01.000000");
    becomes(
        "time(6)",
        "'-838:59:58.999999'",
        "-838:59:58.999999",
        "'100:00:00.000001'",
        "100:00:00.000001",
        "'-00:00:00.5'",
        "-00:00:00.500000");
  }

  @Test
  void textAndBytes() throws Exception {
    becomes("char(5)", "'ab  '", "ab", "''", "", "'héllo'", "héllo");
    becomes("varchar(20)", "'ab  '", "ab  ", "'a😀b'", "a😀b", "x'5C27220A'", "\\'\"\n");
    becomes("varchar(20) character set latin1", "'Ä€'", "Ä€");
    becomes("varchar(20) character set sjis", "'表示'", "表示");
    becomes("text character set utf16", "'x😀'", "x😀", "''", "");
    becomes("binary(4)", "x'01'", "0x01000000", "x'01000000'", "0x01000000");
    becomes("varbinary(8)", "x'0001'", "0x0001", "''", "0x", "x'FF00'", "0xff00");
    becomes("blob", "x'00ff00'", "0x00ff00", "NULL", "NULL");
    becomes(
        "enum('a','b,c','it''s','x\\\\y','ü') character set latin1",
        "'a'",
        "a",
        "'b,c'",
        "b,c",
        "'it''s'",
        "it's",
        "4",
        "x\\y",
        "'ü'",
        "ü");
    becomes("set('a','b','c')", "'a,c'", "a,c", "''", "", "'c,b,a'", "a,b,c");
    becomes(
        "json",
        "'{\"b\":1,\"a\":[1,2.5,null,\"x\"]}'",
        "{\"a\": [1, 2.5, null, \"x\"], \"b\": 1}",
        "'null'",
        "null",
        "NULL",
        "NULL");
  }

  @Test
  void generatedColumnsAndDefaults() throws Exception {
    String database = LoadServer.database();
    LoadServer.mySql()
        .execute(
            "CREATE TABLE "
                + database
                + ".t (n int primary key, d int default 7, v int generated always as (n + 1) virtual,"
                + " s int generated always as (n + 2) stored, key ((n * 2)))",
            "INSERT INTO " + database + ".t (n, d) VALUES (1, NULL)");
    RecordingOutput output = new RecordingOutput();
    LoadServer.run(LoadServer.source(database + ".*"), LoadServer.load(1, 1 << 20), output);
    assertThat(output.rows(new TableName(database, "t")))
        .containsExactly(List.of("1", "NULL", "2", "3"));
  }

  @Test
  void zeroDatesBecomeNullAndAreCounted() throws Exception {
    Map<String, Long> counts = new ConcurrentHashMap<>();
    LoadListener listener =
        new LoadListener() {
          @Override
          public void zeroDates(TableName table, String column, long count) {
            counts.merge(column, count, Long::sum);
          }
        };
    List<List<String>> rows =
        load(
            "date",
            ZeroDates.NULL,
            listener,
            "'0000-00-00'",
            "'2020-02-31'",
            "'2020-00-01'",
            "'1970-01-01'");
    assertThat(rows)
        .extracting(r -> r.get(1))
        .containsExactly("NULL", "NULL", "NULL", "1970-01-01");
    assertThat(counts).containsExactlyEntriesOf(Map.of("v", 3L));
    rows = load("timestamp", ZeroDates.NULL, LoadListener.NONE, "'0000-00-00 00:00:00'");
    assertThat(rows).extracting(r -> r.get(1)).containsExactly("NULL");
  }

  @Test
  void zeroDatesAsText() throws Exception {
    List<List<String>> rows =
        load(
            "datetime(2)",
            ZeroDates.TEXT,
            LoadListener.NONE,
            "'0000-00-00'",
            "'2020-02-03 04:05:06.07'");
    assertThat(rows)
        .extracting(r -> r.get(1))
        .containsExactly("0000-00-00 00:00:00.00", "2020-02-03 04:05:06.07");
  }

  /** The value is told by whoever knows that it is no secret. */
  @Test
  void zeroDatesCanStopTheLoad() {
    assertThatThrownBy(() -> load("date", ZeroDates.FAIL, LoadListener.NONE, "'2020-02-31'"))
        .isInstanceOfSatisfying(
            UnfitValueException.class,
            e ->
                assertThat(e.told())
                    .hasMessageContaining(".t.v holds the date 2020-02-31")
                    .hasMessageContaining("types.zeroDates"))
        .isInstanceOf(UnsupportedColumnException.class)
        .hasMessageContaining("types.zeroDates")
        .hasMessageNotContaining("2020-02-31");
  }

  private static void same(String type, String... values) throws Exception {
    List<String> pairs = new ArrayList<>();
    for (String value : values) {
      pairs.add(value);
      pairs.add(value);
    }
    becomes(type, pairs.toArray(String[]::new));
  }

  /** Literals and what they become, in turn. */
  private static void becomes(String type, String... pairs) throws Exception {
    List<String> literals = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < pairs.length; i += 2) {
      literals.add(pairs[i]);
      expected.add(pairs[i + 1]);
    }
    List<List<String>> rows =
        load(type, ZeroDates.NULL, LoadListener.NONE, literals.toArray(String[]::new));
    assertThat(rows).as(type).extracting(r -> r.get(1)).containsExactlyElementsOf(expected);
  }

  private static List<List<String>> load(
      String type, ZeroDates zeroDates, LoadListener listener, String... literals)
      throws Exception {
    String database = LoadServer.database();
    List<String> statements = new ArrayList<>();
    statements.add("SET SESSION sql_mode = 'ALLOW_INVALID_DATES', time_zone = '+00:00'");
    statements.add("CREATE TABLE " + database + ".t (n int primary key, v " + type + ")");
    for (int i = 0; i < literals.length; i++) {
      statements.add("INSERT INTO " + database + ".t VALUES (" + i + ", " + literals[i] + ")");
    }
    LoadServer.mySql().execute(statements.toArray(String[]::new));
    SourceConfig source = LoadServer.source(database + ".*");
    RecordingOutput output = new RecordingOutput();
    new FullLoad(
            source,
            LoadServer.load(1, 1 << 20),
            TypesConfig.DEFAULT.withZeroDates(zeroDates),
            output,
            listener)
        .run(LoadServer.schemas(source, zeroDates), output.state());
    return output.rows(new TableName(database, "t"));
  }
}
