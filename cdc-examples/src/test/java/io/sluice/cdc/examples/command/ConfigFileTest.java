package io.sluice.cdc.examples.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.cdc.config.BatchConfig;
import io.sluice.cdc.config.ColumnRule;
import io.sluice.cdc.config.HashSecret;
import io.sluice.cdc.config.LimitsConfig;
import io.sluice.cdc.config.LoadConfig;
import io.sluice.cdc.config.LoadMode;
import io.sluice.cdc.config.NewColumns;
import io.sluice.cdc.config.Protection;
import io.sluice.cdc.config.ProtectionConfig;
import io.sluice.cdc.config.ProtectionRule;
import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.config.TlsMode;
import io.sluice.cdc.config.TypesConfig;
import io.sluice.cdc.error.ConfigurationException;
import io.sluice.cdc.event.CarryAs;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.ZeroDates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigFileTest {
  private static final Map<String, String> ENVIRONMENT = Map.of("SECRET", "s3cr3t", "HOST", "db");
  private static final String LEAST =
      """
      pipeline: shop
      source: { host: db, user: cdc, include: ["shop.*"] }
      s3: { region: eu-west-1, final: "s3://lake/raw", temporary: "s3://lake-tmp/sluice" }
      """;

  @Test
  void takes_the_defaults_for_what_is_not_given() {
    Settings settings = ConfigFile.parse(LEAST, ENVIRONMENT);
    assertThat(settings.pipeline()).isEqualTo("shop");
    assertThat(settings.load()).isEqualTo(LoadConfig.DEFAULT);
    assertThat(settings.batch()).isEqualTo(BatchConfig.DEFAULT);
    assertThat(settings.types()).isEqualTo(TypesConfig.DEFAULT);
    assertThat(settings.limits()).isEqualTo(LimitsConfig.DEFAULT);
    SourceConfig source = settings.source().build();
    assertThat(source.port()).isEqualTo(SourceConfig.DEFAULT_PORT);
    assertThat(source.tls()).isEqualTo(SourceConfig.DEFAULT_TLS);
    assertThat(source.connectTimeout()).isEqualTo(SourceConfig.DEFAULT_CONNECT_TIMEOUT);
    assertThat(source.password()).isEmpty();
  }

  @Test
  void reads_every_key() {
    Settings settings =
        ConfigFile.parse(
            """
            pipeline: shop
            source: { host: "${HOST}", port: 3307, user: cdc, password: "x${SECRET}y", tls: verify-ca, serverId: 5401,
                      connectTimeout: 5s, include: ["shop.*"], exclude: ["shop.tmp_*"] }
            load:   { mode: never, parallelism: 8, chunkBytes: 1GiB }
            batch:  { maxAge: 500ms, maxRows: 1000, maxBytes: 1MiB }
            types:  { zeroDates: text }
            s3:     { region: eu-west-1, endpoint: "http://127.0.0.1:9000", pathStyle: true, final: "s3://lake/raw",
                      temporary: "s3://lake-tmp/sluice", accessKey: a, secretKey: "${SECRET}", sessionToken: t,
                      retryFor: 1m }
            parquet: { compression: gzip, compressionLevel: 5, rowGroupBytes: 8MiB, pageBytes: 64KiB }
            limits: { memory: 64MiB }
            newColumns: keep
            """,
            ENVIRONMENT);
    SourceConfig source = settings.source().build();
    assertThat(source.host()).isEqualTo("db");
    assertThat(source.port()).isEqualTo(3307);
    assertThat(source.password()).isEqualTo("xs3cr3ty");
    assertThat(source.tls()).isEqualTo(TlsMode.VERIFY_CA);
    assertThat(source.serverId()).isEqualTo(5401);
    assertThat(source.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(source.includes(new TableName("shop", "orders"))).isTrue();
    assertThat(source.includes(new TableName("shop", "tmp_1"))).isFalse();
    assertThat(settings.load()).isEqualTo(new LoadConfig(LoadMode.NEVER, 8, 1L << 30));
    assertThat(settings.batch()).isEqualTo(new BatchConfig(Duration.ofMillis(500), 1000, 1L << 20));
    assertThat(settings.types()).isEqualTo(TypesConfig.DEFAULT.withZeroDates(ZeroDates.TEXT));
    assertThat(settings.limits()).isEqualTo(new LimitsConfig(64L << 20));
    settings.s3().sink().close();
  }

  @Test
  void takes_null_for_zero_dates_with_and_without_quotes() {
    assertThat(
            ConfigFile.parse(LEAST + "types: { zeroDates: null }", ENVIRONMENT).types().zeroDates())
        .isEqualTo(ZeroDates.NULL);
    assertThat(
            ConfigFile.parse(LEAST + "types: { zeroDates: 'null' }", ENVIRONMENT)
                .types()
                .zeroDates())
        .isEqualTo(ZeroDates.NULL);
  }

  @Test
  void reads_rules_for_columns_in_their_order() {
    String rules =
        "types: { columns: [ { match: 'shop.*.price', as: text }, { match: 'shop.`a.b`.is_*', as: boolean } ] }";
    assertThat(ConfigFile.parse(LEAST + rules, ENVIRONMENT).types().columns())
        .containsExactly(
            new ColumnRule("shop.*.price", CarryAs.TEXT),
            new ColumnRule("shop.`a.b`.is_*", CarryAs.BOOLEAN));
    assertThat(
            problems(
                LEAST
                    + "types: { columns: [ { match: 'shop.price', as: text }, { match: 'a.b.c', as: number }, { match: x }, 7 ] }"))
        .containsExactlyInAnyOrder(
            "types.columns: 'shop.price' is not a column pattern; write database.table.column, e.g. shop.*.price",
            "types.columns: 'number' is none of text, boolean, int64",
            "types.columns: '{\"match\":\"x\"}' is not a rule of match and as; write [ { match: \"shop.*.price\", as: text } ]",
            "types.columns: '7' is not a rule of match and as; write [ { match: \"shop.*.price\", as: text } ]");
  }

  @Test
  void reads_what_is_to_be_protected() {
    ProtectionConfig protection =
        ConfigFile.parse(
                LEAST
                    + """
                    columns:
                      - { match: 'shop.customers.email', action: hash }
                      - { match: 'shop.*.phone', action: mask, keep: 4 }
                      - { match: '*.*.ssn', action: redact }
                      - { match: '*.*.note', action: redact, with: 'removed' }
                      - { match: '*.*.zip', action: truncate, keep: 3 }
                      - { match: 'shop.customers.id', action: keep }
                      - { match: 'shop.customers.*', action: drop }
                    newColumns: redact
                    hashSecret: '${SECRET}-and-some-more'
                    """,
                ENVIRONMENT)
            .protection();
    assertThat(protection.columns())
        .containsExactly(
            new ProtectionRule("shop.customers.email", Protection.hash()),
            new ProtectionRule("shop.*.phone", Protection.mask(4)),
            new ProtectionRule("*.*.ssn", Protection.redact()),
            new ProtectionRule("*.*.note", Protection.redact("removed")),
            new ProtectionRule("*.*.zip", Protection.truncate(3)),
            new ProtectionRule("shop.customers.id", Protection.keep()),
            new ProtectionRule("shop.customers.*", Protection.drop()));
    assertThat(protection.newColumns()).isEqualTo(NewColumns.REDACT);
    assertThat(protection.secret()).isEqualTo(HashSecret.of("s3cr3t-and-some-more"));
    assertThat(protection.toString()).doesNotContain("s3cr3t");
  }

  @Test
  void refuses_rules_of_protection_by_name() {
    assertThat(
            problems(
                LEAST
                    + """
                    columns:
                      - { match: 'shop.email', action: redact }
                      - { match: 'a.b.c', action: hsah }
                      - { match: 'a.b.c', action: mask }
                      - { match: 'a.b.c', action: mask, keep: few }
                      - { match: 'a.b.c', action: redact, keep: 3 }
                      - { match: 'a.b.c', action: drop, with: x }
                      - { match: 'a.b.c' }
                    hashSecret: short
                    """))
        .containsExactlyInAnyOrder(
            "columns: 'shop.email' is not a column pattern; write database.table.column, e.g. shop.*.price",
            "columns: 'hsah' is none of keep, hash, mask, redact, truncate, drop; did you mean hash?",
            "columns: '{\"match\":\"a.b.c\",\"action\":\"mask\"}' does not say how many characters stay;"
                + " add keep, e.g. keep: 4",
            "columns: '\"few\"' is not a whole number of characters",
            "columns: '{\"match\":\"a.b.c\",\"action\":\"redact\",\"keep\":3}' has keep, which is for mask and truncate",
            "columns: '{\"match\":\"a.b.c\",\"action\":\"drop\",\"with\":\"x\"}' has with, which is for redact",
            "columns: '{\"match\":\"a.b.c\"}' is not a rule of match and action (and keep or with);"
                + " write [ { match: \"shop.customers.email\", action: hash } ]",
            "hashSecret: has 5 characters; an attacker could guess it, give at least 16");
  }

  @Test
  void tells_all_problems_at_once() {
    String wrong =
        """
        pipeline: "my shop"
        sorce: { host: db }
        source: { host: db, user: "${NOBODY}", prot: 3307, tls: requird, include: ["shop"] }
        batch: { maxAge: 10 minutes, maxRows: many, maxBytes: 1KiB }
        load: 7
        s3: { final: "s3://lake/raw", temporary: "s3://lake/raw/tmp", accessKey: a, endpoint: "nowhere" }
        parquet: { compression: zip }
        newColumns: ask
        columns: [ { match: "shop.customers.email", action: hash } ]
        """;
    assertThat(problems(wrong))
        .containsExactlyInAnyOrder(
            "pipeline: 'my shop' is not 1 to 64 of a-z A-Z 0-9 _ -",
            "sorce: is not a known key; did you mean source?",
            "source.user: '${NOBODY}' names an environment variable that is not set; set NOBODY",
            "source.prot: is not a known key; did you mean source.port?",
            "source.tls: 'requird' is none of disabled, preferred, required, verify-ca, verify-identity;"
                + " did you mean required?",
            "source.include: 'shop' is not a table pattern; write database.table, e.g. shop.* or shop.order_items",
            "batch.maxAge: '10 minutes' is not a duration; write a whole number with ms, s, m, h or d: 50ms to 1d",
            "batch.maxRows: 'many' is not a whole number; allowed is 1 to 1000000000",
            "batch.maxBytes: '1024' is not within 65536 to 17179869184",
            "load: '7' is not a section; write its keys below it",
            "s3.region: is missing; give the region of the buckets, e.g. eu-west-1",
            "s3.temporary: 's3://lake/raw/tmp' lies in s3.final s3://lake/raw or around it; keep them apart",
            "s3.secretKey: is missing; give both keys, or neither for the AWS default chain",
            "s3.endpoint: 'nowhere' is not an http:// or https:// address",
            "parquet.compression: 'zip' is none of zstd, snappy, gzip, uncompressed; did you mean gzip?",
            "newColumns: 'ask' is none of keep, redact, stop",
            "hashSecret: is missing; give at least 16 characters, because a rule of columns has hash");
  }

  @Test
  void names_everything_that_an_empty_file_lacks() {
    assertThat(problems(""))
        .extracting(p -> p.substring(0, p.indexOf(':')))
        .containsExactlyInAnyOrder(
            "pipeline",
            "source.host",
            "source.user",
            "source.include",
            "s3.region",
            "s3.final",
            "s3.temporary");
  }

  @Test
  void finds_a_key_in_the_wrong_section() {
    assertThat(problems(LEAST + "batch: { parallelism: 3 }"))
        .containsExactly("batch.parallelism: is not a known key; did you mean load.parallelism?");
  }

  @Test
  void refuses_a_key_that_is_given_twice() {
    assertThat(problems(LEAST + "pipeline: other"))
        .singleElement()
        .asString()
        .contains("Duplicate");
  }

  @Test
  void refuses_what_is_not_yaml_with_the_line() {
    assertThat(problems("pipeline: [shop")).singleElement().asString().contains("is not YAML");
  }

  @Test
  void refuses_a_file_that_is_not_there() {
    ConfigurationException e =
        catchThrowableOfType(
            ConfigurationException.class,
            () -> ConfigFile.read(Path.of("no", "such.yaml"), ENVIRONMENT));
    assertThat(e).hasMessageContaining("does not exist");
  }

  @Test
  void keeps_secrets_out_of_every_text() {
    Settings settings =
        ConfigFile.parse(
            LEAST
                .replace("user: cdc", "user: cdc, password: '${SECRET}'")
                .replace("region:", "accessKey: '${SECRET}', secretKey: '${SECRET}', region:"),
            ENVIRONMENT);
    assertThat(settings.toString() + settings.source().build() + new Environment(ENVIRONMENT))
        .doesNotContain("s3cr3t");
    assertThat(problems(LEAST.replace("region:", "secretKey: [s3cr3t], region:")).toString())
        .doesNotContain("s3cr3t");
  }

  /** Every bound of every key: the last value within is taken, the first one beyond is refused. */
  @Test
  void holds_the_bounds_that_it_tells() {
    for (Key key : Key.values()) {
      String[] bounds = key.allowed().split(" to ");
      boolean ranged =
          switch (key.kind()) {
            case NUMBER, BYTES, DURATION -> bounds.length == 2;
            default -> false;
          };
      if (ranged) {
        assertThat(taken(key, bounds[0])).as(key.path() + " " + bounds[0]).isTrue();
        assertThat(taken(key, bounds[1])).as(key.path() + " " + bounds[1]).isTrue();
        assertThat(taken(key, beyond(bounds[1])))
            .as(key.path() + " " + beyond(bounds[1]))
            .isFalse();
        assertThat(taken(key, "-1")).as(key.path() + " -1").isFalse();
      }
    }
  }

  @Test
  void takes_every_choice_that_it_tells() {
    for (Key key : Key.values()) {
      if (key.kind() == Kind.CHOICE || key.kind() == Kind.FLAG) {
        key.choices()
            .forEach(
                choice -> assertThat(taken(key, choice)).as(key.path() + " " + choice).isTrue());
      }
    }
  }

  /** The next larger number with the same unit. */
  private static String beyond(String bound) {
    String digits = bound.replaceAll("\\D", "");
    return (Long.parseLong(digits) + 1) + bound.substring(digits.length());
  }

  private static boolean taken(Key key, String value) {
    String[] path = key.path().split("\\.");
    if (path.length == 1) {
      return problems(LEAST + key.path() + ": " + value + "\n").isEmpty();
    }
    String section =
        LEAST.lines().anyMatch(l -> l.startsWith(path[0] + ":")) ? "" : path[0] + ": {}\n";
    String text =
        (LEAST + section)
            .replace(path[0] + ": {", path[0] + ": { " + path[1] + ": " + value + ", ");
    return problems(text).isEmpty();
  }

  private static List<String> problems(String text) {
    try {
      ConfigFile.parse(text, ENVIRONMENT);
      return List.of();
    } catch (ConfigurationException e) {
      return e.problems();
    }
  }
}
