package io.sluice.cdc.internal.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.config.HashSecret;
import io.sluice.cdc.config.NewColumns;
import io.sluice.cdc.config.Problems;
import io.sluice.cdc.config.Protection;
import io.sluice.cdc.config.ProtectionConfig;
import io.sluice.cdc.config.ProtectionRule;
import io.sluice.cdc.error.ConfigurationException;
import io.sluice.cdc.error.StateException;
import io.sluice.cdc.event.BytesVector;
import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.ColumnType;
import io.sluice.cdc.event.ColumnVector;
import io.sluice.cdc.event.LoadState;
import io.sluice.cdc.event.LoadedRange;
import io.sluice.cdc.event.LogicalType;
import io.sluice.cdc.event.LongVector;
import io.sluice.cdc.event.Operation;
import io.sluice.cdc.event.RowBatch;
import io.sluice.cdc.event.TableLoad;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.event.Transaction;
import io.sluice.cdc.internal.mysql.DerivedColumns;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProtectorTest {
  private static final TableName TABLE = new TableName("shop", "people");
  private static final HashSecret SECRET = HashSecret.of("a secret of the test");
  private static final Column ID = new Column("id", "int", ColumnType.of(LogicalType.INT32), false);
  private static final Column NAME =
      new Column("name", "varchar(50)", ColumnType.of(LogicalType.TEXT), false);
  private static final Column RAW =
      new Column("raw", "varbinary(50)", ColumnType.of(LogicalType.BINARY), true);
  private static final TableSchema PEOPLE = people(ID, NAME, RAW);

  @Test
  void hashes_are_those_of_every_other_tool_and_join_over_types() {
    // printf 42 | openssl dgst -sha256 -hmac 'a secret of the test'
    String expected = hmac("42");
    Protector protector = protector(rule("*.*.*", Protection.hash()));
    RowBatch out = protector.protect(row(42, "42", "42"));
    assertThat(text(out, 0)).isEqualTo(expected).hasSize(64);
    assertThat(text(out, 1)).isEqualTo(expected);
    assertThat(text(out, 2)).isEqualTo(expected);
    assertThat(out.schema().columns())
        .allMatch(c -> c.type().logical() == LogicalType.TEXT)
        .allMatch(c -> String.valueOf(c.protection()).matches("hash:[0-9a-f]{8}"));
    assertThat(out.schema().key()).containsExactly("id");
  }

  @Test
  void masks_all_but_the_last_characters_and_short_values_as_a_whole() {
    Protector protector = protector(rule("*.*.name", Protection.mask(4)));
    assertThat(text(protector.protect(row(1, "4111-1111", "")), 1)).isEqualTo("*****1111");
    assertThat(text(protector.protect(row(1, "größe🚢é!", "")), 1)).isEqualTo("****e🚢é!");
    assertThat(text(protector.protect(row(1, "1234", "")), 1)).isEqualTo("****");
    assertThat(text(protector.protect(row(1, "", "")), 1)).isEmpty();
  }

  @Test
  void truncates_by_characters_of_text_and_bytes_of_binaries() {
    Protector protector =
        protector(
            rule("*.*.name", Protection.truncate(2)), rule("*.*.raw", Protection.truncate(3)));
    RowBatch out = protector.protect(row(1, "🚢äb", "abcd"));
    assertThat(text(out, 1)).isEqualTo("🚢ä");
    assertThat(text(out, 2)).isEqualTo("abc");
    assertThat(text(protector.protect(row(1, "x", "")), 1)).isEqualTo("x");
  }

  @Test
  void redacts_to_null_or_to_a_constant_and_drops() {
    Protector protector = protector(rule("*.*.name", Protection.redact("gone")), drop("raw"));
    RowBatch out = protector.protect(row(1, "x", null));
    assertThat(out.schema().columns()).extracting(Column::name).containsExactly("id", "name");
    assertThat(text(out, 1)).isEqualTo("gone");
    RowBatch nulls = protector(rule("*.*.name", Protection.redact())).protect(row(1, "x", "y"));
    assertThat(nulls.column(1).isNull(0)).isTrue();
    assertThat(nulls.schema().columns().get(1).nullable()).isTrue();
  }

  @Test
  void what_is_null_stays_null_and_so_does_the_row_of_an_emptied_table() {
    Protector protector =
        protector(
            rule("*.*.raw", Protection.hash()), rule("*.*.name", Protection.redact("constant")));
    assertThat(protector.protect(row(1, "x", null)).column(2).isNull(0)).isTrue();
    RowBatch emptied = new RowBatch(PEOPLE, RowBatch.Kind.CHANGE);
    for (int i = 0; i < 3; i++) {
      emptied.column(i).appendNull();
    }
    emptied.endRow(Operation.TRUNCATE, 1, new Transaction("t", 0));
    assertThat(protector.protect(emptied).column(1).isNull(0)).isTrue();
  }

  @Test
  void rows_of_tables_without_rules_are_not_touched() {
    RowBatch rows = row(1, "x", "y");
    assertThat(protector(rule("other.*.*", Protection.redact())).protect(rows)).isSameAs(rows);
    assertThat(protector(rule("*.*.id", Protection.keep()), drop("id")).protect(rows))
        .as("the first rule counts")
        .isSameAs(rows);
  }

  @Test
  void rules_that_match_nothing_or_do_not_fit_are_told_together() {
    Problems problems = new Problems();
    RuleCheck.check(
        config(
            rule("shop.people.nme", Protection.redact()),
            rule("*.*.id", Protection.mask(2)),
            rule("*.*.raw", Protection.mask(2))),
        List.of(PEOPLE),
        problems);
    assertThatThrownBy(problems::throwIfAny)
        .hasMessageContaining("columns: 'shop.people.nme' matches no column")
        .hasMessageContaining(
            "columns: 'mask(2)' does not fit shop.people.id (int): the column is part of the key")
        .hasMessageContaining(
            "columns: 'mask(2)' does not fit shop.people.raw (varbinary(50)): mask is not for binary columns");
    assertThatThrownBy(() -> protector(rule("*.*.id", Protection.truncate(2))).protect(PEOPLE))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("only hash and keep");
  }

  @Test
  void a_rule_whose_columns_all_have_earlier_ones_is_told_with_those() {
    ProtectionConfig config =
        config(
            rule("*.*.id", Protection.keep()),
            rule("*.people.*", Protection.hash()),
            rule("shop.*.name", Protection.redact()),
            rule("shop.*.other", Protection.redact()));
    assertThat(RuleCheck.withoutEffect(config, List.of(PEOPLE)))
        .containsExactly(
            "The rule 'shop.*.name' of columns has no effect now: all its columns have earlier rules, '*.people.*'");
  }

  @Test
  void a_column_that_is_made_of_a_protected_one_needs_a_rule_of_its_own() {
    DerivedColumns.Derived lower =
        new DerivedColumns.Derived(TABLE, "name_lower", Set.of("name", "lower"));
    Problems problems = new Problems();
    RuleCheck.checkDerived(config(rule("*.*.name", Protection.hash())), List.of(lower), problems);
    assertThatThrownBy(problems::throwIfAny)
        .hasMessageContaining(
            "columns: MySQL makes the values of 'shop.people.name_lower' of name, which is protected")
        .hasMessageContaining("{ match: \"shop.people.name_lower\", action: redact }");
    Problems none = new Problems();
    RuleCheck.checkDerived(config(rule("*.*.name*", Protection.hash())), List.of(lower), none);
    RuleCheck.checkDerived(config(rule("*.*.name", Protection.keep())), List.of(lower), none);
    none.throwIfAny();
  }

  @Test
  void a_column_that_appears_is_redacted_until_there_is_a_rule() {
    ProtectionConfig config = config(drop("raw")).withNewColumns(NewColumns.REDACT);
    Protector protector = new Protector(config);
    TableSchema first = protector.protect(PEOPLE);
    assertThat(first.columns()).noneMatch(c -> c.protection() != null);
    TableSchema more = people(ID, NAME, RAW, text("phone"));
    TableSchema then = protector.protect(more);
    assertThat(then.columns().get(2).protection()).isEqualTo("new");
    Protector afterStart = new Protector(config);
    afterStart.known(List.of(then));
    assertThat(afterStart.protect(more)).isEqualTo(then);
    Protector withRule =
        new Protector(
            config.withColumns(List.of(drop("raw"), rule("*.*.phone", Protection.keep()))));
    withRule.known(List.of(then));
    assertThat(withRule.protect(more).columns().get(2).protection()).isNull();
  }

  @Test
  void a_column_that_appears_can_stop_it() {
    Protector protector = new Protector(config().withNewColumns(NewColumns.STOP));
    protector.protect(PEOPLE);
    assertThatThrownBy(() -> protector.protect(people(ID, NAME, RAW, text("phone"))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("newColumns: column 'shop.people.phone' is new");
  }

  @Test
  void a_protected_column_under_a_new_name_is_not_exposed() {
    Protector hashes = protector(rule("*.*.name", Protection.hash()));
    hashes.protect(PEOPLE);
    TableSchema renamed = hashes.protect(people(ID, text("full_name"), RAW));
    assertThat(renamed.columns().get(1).protection()).isEqualTo("new");
    TableSchema later = people(ID, text("full_name"), RAW, text("more"));
    assertThat(hashes.protect(later).columns().get(1).protection()).isEqualTo("new");
    Protector afterStart = protector(rule("*.*.name", Protection.hash()));
    afterStart.known(List.of(renamed));
    assertThat(afterStart.protect(later).columns().get(1).protection())
        .as("nobody has said what is to become of it, and a start changes nothing about that")
        .isEqualTo("new");
    Protector drops = protector(drop("name"));
    drops.protect(PEOPLE);
    assertThat(drops.protect(people(ID, text("full_name"), RAW)).columns().get(1).protection())
        .isEqualTo("new");
  }

  @Test
  void a_new_column_of_the_key_cannot_be_redacted() {
    Protector protector = new Protector(config().withNewColumns(NewColumns.REDACT));
    protector.protect(PEOPLE);
    TableSchema keyed =
        new TableSchema(TABLE, List.of(ID, NAME, text("code")), List.of("id", "code"));
    assertThatThrownBy(() -> protector.protect(keyed))
        .hasMessageContaining("'shop.people.code' is new");
  }

  @Test
  void bounds_of_a_hashed_key_are_sealed_and_opened_with_the_same_secret_only() {
    ProtectionConfig config = config(rule("*.*.id", Protection.hash()));
    Protector protector = new Protector(config);
    protector.protect(PEOPLE);
    TableLoad load =
        new TableLoad(
            TABLE,
            false,
            List.of(
                new LoadedRange(1, null, List.of("71", "ö")),
                new LoadedRange(2, List.of("99"), null)),
            10,
            100,
            "id int");
    TableLoad sealed = protector.protect(load);
    assertThat(sealed.toString()).doesNotContain("71").doesNotContain("99").doesNotContain("ö");
    assertThat(sealed.keyOrder()).isEqualTo("sealed id int");
    Protector later = new Protector(config);
    assertThat(later.open(new LoadState(List.of(), List.of(sealed))).tables())
        .containsExactly(load);
    Protector other = new Protector(config.withSecret(HashSecret.of("another secret of the test")));
    assertThatThrownBy(() -> other.open(new LoadState(List.of(), List.of(sealed))))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("shop.people")
        .hasMessageContaining("hashSecret");
  }

  @Test
  void bounds_of_a_key_that_is_kept_stay_readable() {
    Protector protector = protector(rule("*.*.name", Protection.hash()));
    protector.protect(PEOPLE);
    TableLoad load =
        new TableLoad(
            TABLE, false, List.of(new LoadedRange(1, null, List.of("71"))), 1, 1, "id int");
    assertThat(protector.protect(load)).isSameAs(load);
  }

  @Test
  void another_secret_for_a_key_that_is_hashed_stops_it() {
    ProtectionConfig config = config(rule("*.*.id", Protection.hash()));
    TableSchema before = new Protector(config).protect(PEOPLE);
    Protector other = new Protector(config.withSecret(HashSecret.of("another secret of the test")));
    other.known(List.of(before));
    assertThatThrownBy(() -> other.protect(PEOPLE)).isInstanceOf(StateException.class);
  }

  private static String hmac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.bytes(), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Column text(String name) {
    return new Column(name, "text", ColumnType.of(LogicalType.TEXT), true);
  }

  private static TableSchema people(Column... columns) {
    return new TableSchema(TABLE, List.of(columns), List.of("id"));
  }

  private static ProtectionRule rule(String match, Protection protection) {
    return new ProtectionRule(match, protection);
  }

  private static ProtectionRule drop(String column) {
    return rule("*.*." + column, Protection.drop());
  }

  private static ProtectionConfig config(ProtectionRule... rules) {
    return ProtectionConfig.NONE.withColumns(List.of(rules)).withSecret(SECRET);
  }

  private static Protector protector(ProtectionRule... rules) {
    return new Protector(config(rules));
  }

  private static RowBatch row(int id, String name, @Nullable String raw) {
    RowBatch rows = new RowBatch(PEOPLE, RowBatch.Kind.CHANGE);
    ((LongVector) rows.column(0)).append(id);
    ((BytesVector) rows.column(1)).append(name.getBytes(StandardCharsets.UTF_8));
    if (raw == null) {
      rows.column(2).appendNull();
    } else {
      ((BytesVector) rows.column(2)).append(raw.getBytes(StandardCharsets.UTF_8));
    }
    rows.endRow(Operation.INSERT, 1, new Transaction("t", 0));
    return rows;
  }

  private static String text(RowBatch rows, int column) {
    ColumnVector values = rows.column(column);
    return new String(((BytesVector) values).get(0), StandardCharsets.UTF_8);
  }
}
