package io.sluice.cdc.examples;

import static io.sluice.cdc.examples.PlantedSecrets.SECRET;
import static io.sluice.cdc.examples.PlantedSecrets.rule;
import static io.sluice.cdc.examples.PlantedSecrets.rules;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.config.HashSecret;
import io.sluice.cdc.config.LoadConfig;
import io.sluice.cdc.config.LoadMode;
import io.sluice.cdc.config.NewColumns;
import io.sluice.cdc.config.Protection;
import io.sluice.cdc.config.ProtectionConfig;
import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.error.ConfigurationException;
import io.sluice.cdc.testkit.check.CheckReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What must not leave the database is in no object of either bucket, and in no log. */
@Tag("servers")
class ProtectedColumnsTest {
  /** One secret in each type; the words that must be found nowhere. */
  private static final String TABLE =
      "CREATE TABLE shop.people (id BIGINT PRIMARY KEY, mail VARCHAR(80) NOT NULL, phone CHAR(20), card DECIMAL(16,0),"
          + " num BIGINT UNSIGNED, small INT, born DATE, seen DATETIME(6), at TIMESTAMP(3) NULL, span TIME(3), yr YEAR,"
          + " doc JSON, note TEXT CHARACTER SET latin1, raw VARBINARY(60), bits BIT(64), kind ENUM('secret-kind-x', 'b'),"
          + " flags SET('secret-flag-y', 'b'), amount DOUBLE, place POINT, plain INT)";

  private static final List<String> PLANTED =
      List.of(
          "secret-mail",
          "secret-phone",
          "4929555577778888",
          "18446744073709550123",
          "1987654321",
          "1977-07-07",
          "1978-08-08",
          "1979-09-09",
          "123:45:06",
          "secret-json",
          "secret-note",
          "secret-raw",
          "secret-key",
          "987654.321");

  @RegisterExtension static final PlantedSecrets secrets = new PlantedSecrets();

  @BeforeEach
  void begin() throws Exception {
    secrets.begin(TABLE, person(1), person(2));
  }

  @Test
  void secretsOfEveryTypeAreFoundNowhere() throws Exception {
    ProtectionConfig protection =
        rules(
            rule("shop.people.id", Protection.keep()),
            rule("shop.people.plain", Protection.keep()),
            rule("shop.people.mail", Protection.hash()),
            rule("shop.people.phone", Protection.mask(4)),
            rule("shop.people.note", Protection.truncate(3)),
            rule("shop.people.card", Protection.redact("none")),
            rule("shop.people.doc", Protection.drop()),
            rule("shop.people.raw", Protection.truncate(2)),
            rule("shop.people.num", Protection.mask(2)),
            rule("shop.people.born", Protection.hash()),
            rule("*.people.*", Protection.redact()));
    secrets
        .world()
        .follow(
            pipeline("secrets", protection),
            "SET SESSION binlog_rows_query_log_events = ON", // the binlog holds the statements, too
            person(3),
            "UPDATE shop.people SET mail = 'new secret-mail of 1', plain = 8 WHERE id = 1",
            "UPDATE shop.people SET id = 20 WHERE id = 2",
            "DELETE FROM shop.people WHERE id = 3",
            "ALTER TABLE shop.people ADD COLUMN more VARCHAR(60) FIRST",
            "UPDATE shop.people SET more = 'secret-note of later' WHERE id = 1",
            "TRUNCATE TABLE shop.people",
            person(4));
    assertThat(
            secrets
                .world()
                .read(
                    "secrets",
                    "shop/people",
                    "_cdc_op, id, mail, phone, note, card, num, plain, born = mail, small, kind",
                    "_cdc_op <> 't' AND id < 4 ORDER BY _cdc_seq, id"))
        .contains(
            "r|1|"
                + hash("secret-mail of 1")
                + "|***************7891|sec|none|******************23|7|false|NULL|NULL",
            "u|1|"
                + hash("new secret-mail of 1")
                + "|***************7891|sec|none|******************23|8|false|NULL|NULL",
            "d|3|"
                + hash("secret-mail of 3")
                + "|***************7891|sec|none|******************23|7|false|NULL|NULL");
    assertThat(
            secrets
                .world()
                .read("secrets", "shop/people", "decode(raw), born", "id = 4 AND _cdc_op = 'c'"))
        .containsExactly("se|" + hash("1977-07-07"));
    CheckReport report =
        secrets
            .world()
            .checker("secrets")
            .leftOut((database, table, column) -> column.equals("doc"))
            .build()
            .check();
    assertThat(report.equal()).as(report.inWords()).isTrue();
    assertThat(report.notes())
        .contains("shop.people.mail is protected: its values were not compared");
    nothingIsTold("secrets");
  }

  @Test
  void aHashedKeyStillTellsRowsApartAndJoins() throws Exception {
    secrets
        .world()
        .mysql()
        .execute(
            "CREATE TABLE shop.orders (mail VARCHAR(80) CHARACTER SET latin1, n INT, PRIMARY KEY (mail, n))",
            "INSERT INTO shop.orders VALUES ('secret-mail of 1', 1), ('secret-mail of 2', 2)",
            "ALTER TABLE shop.people DROP PRIMARY KEY, ADD PRIMARY KEY (mail)");
    ProtectionConfig protection = rules(rule("*.*.mail", Protection.hash()));
    CdcPipeline.Builder pipeline = pipeline("keys", protection);
    secrets
        .world()
        .follow(
            pipeline,
            "UPDATE shop.people SET plain = 70 WHERE id = 1",
            "UPDATE shop.people SET mail = 'secret-mail moved' WHERE id = 2",
            "DELETE FROM shop.orders WHERE n = 2");
    assertThat(
            secrets
                .world()
                .read(
                    "keys",
                    "shop/people",
                    "arg_max(plain, _cdc_seq), arg_max(_cdc_op, _cdc_seq)",
                    "true GROUP BY mail ORDER BY 1, 2"))
        .containsExactly("7|c", "7|d", "70|u");
    assertThat(
            secrets
                .world()
                .read(
                    "keys",
                    "shop/orders",
                    "mail",
                    "_cdc_op = 'd' AND mail = '" + hash("secret-mail of 2") + "'"))
        .hasSize(1);
    secrets.noneOf(List.of("secret-mail"), "keys");
  }

  /** The bounds of chunks are values of the key; a load that was cut short must find them again. */
  @Test
  void boundsOfALoadThatWasCutShortAreSealed() throws Exception {
    secrets
        .world()
        .mysql()
        .execute(
            "CREATE TABLE shop.accounts (code VARCHAR(40) PRIMARY KEY, pad VARCHAR(300))",
            "SET SESSION cte_max_recursion_depth = 100000",
            "INSERT INTO shop.accounts WITH RECURSIVE s AS (SELECT 1 n UNION ALL SELECT n + 1 FROM s WHERE n < 20000)"
                + " SELECT CONCAT('secret-key-', LPAD(n, 8, '0')), REPEAT('x', 250) FROM s",
            "ANALYZE TABLE shop.accounts");
    ProtectionConfig protection =
        rules(
            rule("*.accounts.code", Protection.hash()),
            rule("*.people.id", Protection.keep()),
            rule("*.people.*", Protection.redact()));
    LoadConfig load = new LoadConfig(LoadMode.INITIAL, 1, 256 << 10);
    try (CdcPipeline first = pipeline("sealed", protection).load(load).build()) {
      first.start();
      Awaitility.await()
          .until(() -> first.status().rows().loads() > 2000 || first.status().commits() > 5);
    }
    assertThat(secrets.objects("sealed")).anyMatch(o -> o.contains("\"keyOrder\":\"sealed "));
    secrets.noneOf(List.of("secret-key"), "sealed");
    assertThatThrownBy(
            () ->
                catchUp(
                    pipeline(
                            "sealed",
                            protection.withSecret(HashSecret.of("some other secret of the test")))
                        .load(load)))
        .isInstanceOf(CdcException.class)
        .hasMessageContaining("hashSecret");
    catchUp(pipeline("sealed", protection).load(load));
    assertThat(
            secrets
                .world()
                .read(
                    "sealed",
                    "shop/accounts",
                    "count(*), count(DISTINCT code), min(_cdc_op), max(_cdc_op)",
                    "true"))
        .containsExactly("20000|20000|r|r");
    secrets.noneOf(List.of("secret-key"), "sealed");
  }

  @Test
  void aColumnThatAppearsIsHiddenUntilThereIsARuleOrStopsThePipeline() throws Exception {
    ProtectionConfig redacts = ProtectionConfig.NONE.withNewColumns(NewColumns.REDACT);
    catchUp(pipeline("later", redacts));
    secrets
        .world()
        .mysql()
        .execute(
            "ALTER TABLE shop.people ADD COLUMN hobby VARCHAR(40)",
            "UPDATE shop.people SET plain = 9, hobby = 'secret-hobby' WHERE id = 1");
    catchUp(pipeline("later", redacts));
    secrets.world().mysql().execute("UPDATE shop.people SET plain = 10 WHERE id = 1");
    catchUp(pipeline("later", redacts));
    assertThat(
            secrets
                .world()
                .read(
                    "later",
                    "shop/people",
                    "DISTINCT plain, hobby",
                    "_cdc_op = 'u' AND id = 1 ORDER BY plain"))
        .containsExactly("9|NULL", "10|NULL");
    secrets.noneOfObjects(List.of("secret-hobby"), "later");
    catchUp(
        pipeline(
            "later", redacts.withColumns(List.of(rule("*.people.hobby", Protection.truncate(3))))));
    secrets.world().mysql().execute("UPDATE shop.people SET plain = 11 WHERE id = 1");
    catchUp(
        pipeline(
            "later", redacts.withColumns(List.of(rule("*.people.hobby", Protection.truncate(3))))));
    assertThat(secrets.world().read("later", "shop/people", "hobby", "plain = 11"))
        .containsExactly("sec");

    secrets
        .world()
        .mysql()
        .execute("ALTER TABLE shop.people ADD COLUMN pet VARCHAR(40)", person(5));
    assertThatThrownBy(
            () ->
                catchUp(
                    pipeline(
                        "later",
                        redacts
                            .withNewColumns(NewColumns.STOP)
                            .withColumns(List.of(rule("*.people.hobby", Protection.keep()))))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("newColumns: column 'shop.people.pet' is new");
  }

  @Test
  void valuesInStatementsThatAreToldAreLeftOut() throws Exception {
    ProtectionConfig protection = rules(rule("*.*.mail", Protection.hash()));
    assertThatThrownBy(
            () ->
                secrets
                    .world()
                    .follow(
                        pipeline("statements", protection),
                        "SET SESSION binlog_format = 'STATEMENT'",
                        "UPDATE shop.people SET mail = \"secret-mail stated\", num = 18446744073709550123 WHERE id = 1"))
        .isInstanceOf(CdcException.class)
        .hasMessageContaining("UPDATE shop.people SET mail = ?, num = ? WHERE id = ?");
    secrets.noneOf(List.of("secret-mail"), "statements");
  }

  @Test
  void rulesThatMatchNothingOrDoNotFitAreRefusedAtTheStart() {
    assertThatThrownBy(
            () ->
                catchUp(
                    pipeline(
                        "refused",
                        rules(
                            rule("shop.people.email", Protection.hash()),
                            rule("shop.people.id", Protection.redact())))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("columns: 'shop.people.email' matches no column")
        .hasMessageContaining("columns: 'redact' does not fit shop.people.id (bigint)");
  }

  private static String person(int id) {
    return "INSERT INTO shop.people (id, mail, phone, card, num, small, born, seen, at, span, yr, doc, note, raw, bits, kind,"
        + " flags, amount, place, plain) VALUES ("
        + id
        + ", 'secret-mail of "
        + id
        + "', 'secret-phone-567891', 4929555577778888, 18446744073709550123, 1987654321, '1977-07-07',"
        + " '1978-08-08 08:08:08.123456', '1979-09-09 09:09:09.123', '123:45:06.789', 1977, '{\"k\": \"secret-json\"}',"
        + " 'secret-note of all', 'secret-raw', 18446744073709550123, 'secret-kind-x', 'secret-flag-y', 987654.321,"
        + " ST_GeomFromText('POINT(987654.321 2)'), 7)";
  }

  private static CdcPipeline.Builder pipeline(String id, ProtectionConfig protection) {
    return secrets.pipeline(id, protection);
  }

  private static void catchUp(CdcPipeline.Builder builder) throws InterruptedException {
    secrets.catchUp(builder);
  }

  private static void nothingIsTold(String id) throws IOException {
    secrets.noneOf(PLANTED, id);
    // As Parquet has numbers and dates: little-endian.
    for (long number : new long[] {1987654321L, 4929555577778888L, 271987689600000000L}) {
      byte[] bytes = new byte[number > Integer.MAX_VALUE ? 8 : 4];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (number >> (8 * i));
      }
      secrets.noneOf(List.of(new String(bytes, StandardCharsets.ISO_8859_1)), id);
    }
  }

  private static String hash(String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.bytes(), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }
}
