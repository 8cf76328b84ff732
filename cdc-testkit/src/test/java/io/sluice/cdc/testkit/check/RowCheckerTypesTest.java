package io.sluice.cdc.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.testkit.S3Clients;
import io.sluice.cdc.testkit.TestServers;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.s3.S3Client;

@Tag("servers")
class RowCheckerTypesTest {
  private static TestServers servers;
  private static S3Client s3;

  @TempDir Path work;

  @BeforeAll
  static void start() {
    servers = TestServers.open();
    s3 = S3Clients.of(servers.s3());
  }

  @AfterAll
  static void stop() {
    s3.close();
    servers.close();
  }

  /**
   * A type, a value for MySQL, the same for DuckDB with its Parquet type, and one that is nearly
   * the same.
   */
  record Case(String type, String mysql, String right, String wrong) {
    @Override
    public String toString() {
      return type + " " + mysql;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("TINYINT", "-128", "(-128)::TINYINT", "127::TINYINT"),
        new Case("TINYINT UNSIGNED", "255", "255::SMALLINT", "-1::SMALLINT"),
        new Case("SMALLINT", "-32768", "(-32768)::SMALLINT", "0::SMALLINT"),
        new Case("SMALLINT UNSIGNED", "65535", "65535::INTEGER", "-1::INTEGER"),
        new Case("MEDIUMINT", "-8388608", "(-8388608)::INTEGER", "0::INTEGER"),
        new Case("INT", "-2147483648", "(-2147483648)::INTEGER", "NULL::INTEGER"),
        new Case("INT(5) UNSIGNED ZEROFILL", "42", "42::BIGINT", "43::BIGINT"),
        new Case("INT UNSIGNED", "4294967295", "4294967295::BIGINT", "-1::BIGINT"),
        new Case("BIGINT", "-9223372036854775808", "(-9223372036854775808)::BIGINT", "0::BIGINT"),
        new Case(
            "BIGINT UNSIGNED",
            "18446744073709551615",
            "18446744073709551615::DECIMAL(20,0)",
            "-1::DECIMAL(20,0)"),
        new Case("DECIMAL(10,4)", "-0.5", "-0.5::DECIMAL(10,4)", "0.5::DECIMAL(10,4)"),
        new Case("DECIMAL(5,5)", "0.00001", "0.00001::DECIMAL(5,5)", "0::DECIMAL(5,5)"),
        new Case(
            "DECIMAL(38,10)",
            "1234567890123456789012345678.0123456789",
            "1234567890123456789012345678.0123456789::DECIMAL(38,10)",
            "1234567890123456789012345678.0123456788::DECIMAL(38,10)"),
        new Case(
            "DECIMAL(65,30)",
            "12345678901234567890123456789012345.5",
            "'12345678901234567890123456789012345.500000000000000000000000000000'",
            "'12345678901234567890123456789012345.5'"),
        new Case("FLOAT", "1.1", "1.1::FLOAT", "1.1000001::FLOAT"),
        new Case("FLOAT(7,4)", "999.00009", "999.0001::FLOAT", "999::FLOAT"),
        new Case("FLOAT", "3.4e38", "3.4e38::FLOAT", "3.3999998e38::FLOAT"),
        new Case("DOUBLE", "0.1", "0.1::DOUBLE", "0.10000000000000002::DOUBLE"),
        new Case(
            "DOUBLE", "-1.7976931348623157e308", "-1.7976931348623157e308::DOUBLE", "0::DOUBLE"),
        new Case("DOUBLE", "5e-324", "5e-324::DOUBLE", "0::DOUBLE"),
        new Case("VARCHAR(20)", "'a \\'b  '", "'a ''b  '", "'a ''b'"),
        new Case("VARCHAR(20)", "'a\\0b'", "'a' || chr(0) || 'b'", "'ab'"),
        new Case("VARCHAR(20) CHARACTER SET latin1", "'Größe'", "'Größe'", "'GroÌe'"),
        new Case("TEXT CHARACTER SET utf8mb4", "'\uD83D\uDE00'", "'\uD83D\uDE00'", "'?'"),
        new Case("CHAR(5)", "'ab'", "'ab'", "'ab   '"),
        new Case("BINARY(4)", "x'00FF'", "'\\x00\\xFF\\x00\\x00'::BLOB", "'\\x00\\xFF'::BLOB"),
        new Case("BLOB", "x'0080'", "'\\x00\\x80'::BLOB", "'\\x00'::BLOB"),
        new Case("DATE", "'0001-01-01'", "DATE '0001-01-01'", "DATE '2001-01-01'"),
        new Case("DATE", "'0000-00-00'", "NULL::DATE", "DATE '1970-01-01'"),
        new Case(
            "DATETIME",
            "'9999-12-31 23:59:59'",
            "TIMESTAMP '9999-12-31 23:59:59'",
            "TIMESTAMP '9999-12-31 22:59:59'"),
        new Case(
            "DATETIME(6)",
            "'2024-02-29 12:00:00.000001'",
            "TIMESTAMP '2024-02-29 12:00:00.000001'",
            "TIMESTAMP '2024-02-29 12:00:00'"),
        new Case("DATETIME(3)", "'0000-00-00'", "NULL::TIMESTAMP", "TIMESTAMP '1970-01-01'"),
        new Case(
            "TIMESTAMP(6) NULL",
            "'2024-06-01 10:00:00.5'",
            "TIMESTAMPTZ '2024-06-01 10:00:00.5+00'",
            "TIMESTAMPTZ '2024-06-01 10:00:00.5+02'"),
        new Case(
            "TIME(6)", "'-838:59:58.999999'", "-3020398999999::BIGINT", "3020398999999::BIGINT"),
        new Case("TIME", "'00:00:01'", "1000000::BIGINT", "1::BIGINT"),
        new Case("TIME(1)", "'-00:00:00.5'", "-500000::BIGINT", "500000::BIGINT"),
        new Case("YEAR", "'0000'", "0::INTEGER", "2000::INTEGER"),
        new Case("BIT(1)", "b'1'", "1::BIGINT", "0::BIGINT"),
        new Case(
            "BIT(64)",
            "x'FFFFFFFFFFFFFFFF'",
            "18446744073709551615::DECIMAL(20,0)",
            "-1::DECIMAL(20,0)"),
        new Case("ENUM('a','b''c')", "'b\\'c'", "'b''c'", "'2'"),
        new Case("SET('a','b')", "'a,b'", "'a,b'", "'b,a'"),
        new Case(
            "JSON",
            "'{\"b\": [1, 2.50, \"x y\"], \"a\": null}'",
            "'{\"a\": null, \"b\": [1, 2.5, \"x y\"]}'",
            "'{\"a\":null,\"b\":[1,2.5,\"x y\"]}'"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void tells_right_from_nearly_right(Case c) throws Exception {
    servers
        .mysql()
        .execute(
            "SET sql_mode = ''",
            "DROP DATABASE IF EXISTS shop",
            "CREATE DATABASE shop",
            "CREATE TABLE shop.t (id INT PRIMARY KEY, v " + c.type() + ")",
            "INSERT INTO shop.t VALUES (1, " + c.mysql() + "), (2, NULL)");
    assertThat(differences(c.right())).isEmpty();
    assertThat(differences(c.wrong()))
        .singleElement()
        .satisfies(d -> assertThat(d.key() + " " + d.column()).isEqualTo("id='1' v"));
  }

  @Test
  void compares_dates_that_are_carried_as_text_letter_by_letter() throws Exception {
    servers
        .mysql()
        .execute(
            "SET sql_mode = ''",
            "DROP DATABASE IF EXISTS shop",
            "CREATE DATABASE shop",
            "CREATE TABLE shop.t (id INT PRIMARY KEY, v DATETIME(1))",
            "INSERT INTO shop.t VALUES (1, '0000-00-00'), (2, NULL)");
    assertThat(differences("'0000-00-00 00:00:00.0'", "v:TEXT")).isEmpty();
    assertThat(differences("NULL::VARCHAR", "v:TEXT")).hasSize(1);
  }

  private List<Difference> differences(String value) throws Exception {
    return differences(value, "v");
  }

  private List<Difference> differences(String value, String column) throws Exception {
    try (Lake lake = new Lake(servers.s3(), s3, "types-" + UUID.randomUUID())) {
      lake.claim();
      String rows =
          "SELECT 1::INTEGER AS id, "
              + value
              + " AS v, 'c' AS _cdc_op, 1 AS _cdc_seq UNION ALL SELECT 2, NULL, 'c', 2";
      lake.commit().schema("t", 1, 1, "id", column).file("t", "change", "a", rows).done();
      return RowChecker.builder()
          .endpoint(servers.s3().endpoint())
          .region(servers.s3().region())
          .pathStyle(true)
          .credentials(servers.s3().accessKey(), servers.s3().secretKey())
          .finalLocation(lake.location())
          .pipeline(Lake.PIPELINE)
          .mysql(
              servers.mysql().jdbcUrl(), servers.mysql().rootUser(), servers.mysql().rootPassword())
          .workFolder(work)
          .build()
          .check()
          .differences();
    }
  }
}
