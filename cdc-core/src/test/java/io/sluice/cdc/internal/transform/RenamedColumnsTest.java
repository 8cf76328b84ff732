package io.sluice.cdc.internal.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.config.HashSecret;
import io.sluice.cdc.config.NewColumns;
import io.sluice.cdc.config.Protection;
import io.sluice.cdc.config.ProtectionConfig;
import io.sluice.cdc.config.ProtectionRule;
import io.sluice.cdc.error.ConfigurationException;
import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.ColumnType;
import io.sluice.cdc.event.LogicalType;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is hidden stays hidden under other names of columns and tables. */
class RenamedColumnsTest {
  private static final TableName PEOPLE = new TableName("shop", "people");
  private static final ProtectionConfig DROPS = config("*.people.mail", Protection.drop());

  @Test
  void the_log_names_dropped_columns_so_that_a_start_knows_what_is_missing() {
    TableSchema left = new Protector(DROPS).protect(people("id", "mail", "note"));
    assertThat(left.dropped()).containsExactly("mail");
    assertThat(hidden(left, people("id", "email", "note"))).containsExactly("email");
    assertThat(hidden(left, people("id", "note", "more")))
        .as("perhaps another name of mail")
        .containsExactly("more");
    assertThat(hidden(left, people("id", "MAIL", "note", "more"))).isEmpty();
  }

  @Test
  void a_structure_from_before_dropped_columns_were_named_says_nothing_of_them() {
    TableSchema old = people("id", "note");
    assertThat(hidden(old, people("id", "email", "note"))).isEmpty();
  }

  @Test
  void a_hidden_column_that_is_renamed_once_more_is_still_hidden() {
    Protector protector = new Protector(DROPS);
    protector.protect(people("id", "mail"));
    TableSchema hidden = protector.protect(people("id", "email"));
    assertThat(hidden(hidden, people("id", "post"))).containsExactly("post");
  }

  @Test
  void statements_tell_names_that_no_structure_tells() {
    Protector protector = new Protector(config("*.people.mail", Protection.hash()));
    protector.protect(people("id", "mail", "note"));
    protector.renamed(PEOPLE, Map.of("mail", "note", "note", "mail"));
    TableSchema swapped = protector.protect(people("id", "note", "mail"));
    assertThat(hidden(swapped)).containsExactly("note");
    protector.renamed(PEOPLE, Map.of("note", "text"));
    assertThat(hidden(protector.protect(people("id", "text", "mail")))).containsExactly("text");
  }

  @Test
  void names_that_nobody_protects_may_change() {
    Protector protector = new Protector(DROPS);
    protector.protect(people("id", "mail", "note"));
    protector.renamed(PEOPLE, Map.of("note", "text"));
    assertThat(hidden(protector.protect(people("id", "mail", "text")))).isEmpty();
  }

  /** The commit tells both structures after the rows, and only the second one had any. */
  @Test
  void a_structure_without_rows_is_told_between_those_that_have_some() {
    Protector protector = new Protector(DROPS);
    protector.protect(people("id", "mail"));
    TableSchema between = people("id", "mail", "more");
    TableSchema last = people("id", "email", "more");
    assertThat(hidden(protector.protect(last))).containsExactly("email", "more");
    List<TableSchema> told = protector.protect(List.of(between, last));
    assertThat(told.get(0).dropped()).containsExactly("mail");
    assertThat(hidden(told.get(0))).as("added, by a statement of its own").isEmpty();
    assertThat(hidden(told.get(1))).containsExactly("email", "more");
    assertThat(hidden(protector.protect(people("id", "post", "more"))))
        .containsExactly("post", "more");
  }

  @Test
  void a_structure_that_comes_back_is_looked_at_again() {
    Protector protector = new Protector(config("*.people.mail", Protection.hash()));
    TableSchema open = people("id", "email");
    assertThat(hidden(protector.protect(open))).isEmpty();
    TableSchema both = people("id", "mail", "note");
    protector.protect(both);
    protector.protect(List.of(both));
    assertThat(hidden(protector.protect(open))).containsExactly("email");
  }

  @Test
  void a_table_that_appears_and_looks_like_a_protected_one_is_hidden_alike() {
    Protector protector = new Protector(DROPS);
    TableSchema people = people("id", "mail", "note");
    protector.begin(List.of(people, table("archive", "id", "mail", "note")));
    assertThat(hidden(protector.protect(table("archive", "id", "mail", "note"))))
        .as("was there when the rules were made")
        .isEmpty();
    assertThat(hidden(protector.protect(table("clients", "id", "mail", "note"))))
        .containsExactly("mail");
    assertThat(hidden(protector.protect(table("_people_gho", "id", "email", "note"))))
        .containsExactly("email");
    assertThat(hidden(protector.protect(table("orders", "id", "price", "mail")))).isNotEmpty();
  }

  @Test
  void a_small_table_that_has_little_in_common_with_a_protected_one_is_no_copy() {
    Protector protector = new Protector(config("*.people.mail", Protection.hash()));
    protector.begin(List.of(people("id", "name", "mail")));
    Column price = new Column("price", "decimal(10,2)", ColumnType.decimal(10, 2), true);
    List<Column> columns = new ArrayList<>(table("products", "id", "name").columns());
    columns.add(price);
    TableSchema products =
        new TableSchema(new TableName("shop", "products"), columns, List.of("id"));
    assertThat(hidden(protector.protect(products))).isEmpty();
    assertThat(hidden(protector.protect(table("days", "id", "x", "mail2")))).isEmpty();
  }

  @Test
  void what_is_to_become_of_a_copy_can_be_said() {
    Protector protector =
        new Protector(
            ProtectionConfig.NONE.withColumns(
                List.of(
                    new ProtectionRule("shop.people.mail", Protection.drop()),
                    new ProtectionRule("shop.clients.mail", Protection.keep()))));
    protector.begin(List.of(people("id", "mail", "note")));
    assertThat(hidden(protector.protect(table("clients", "id", "mail", "note")))).isEmpty();
  }

  @Test
  void a_copy_stops_the_pipeline_where_new_columns_do() {
    Protector protector = new Protector(DROPS.withNewColumns(NewColumns.STOP));
    protector.begin(List.of(people("id", "mail", "note")));
    assertThatThrownBy(() -> protector.protect(table("clients", "id", "mail", "note")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(
            "column 'shop.clients.mail' is new, and its table looks like shop.people");
  }

  @Test
  void the_next_table_of_a_name_may_be_a_copy_where_the_first_was_none() {
    Protector protector = new Protector(DROPS);
    TableSchema copy = table("clients", "id", "mail", "note");
    protector.begin(List.of(people("id", "mail", "note"), table("clients", "id")));
    protector.gone(copy.table());
    assertThat(hidden(protector.protect(copy))).containsExactly("mail");
  }

  private static List<String> hidden(TableSchema left, TableSchema now) {
    Protector protector = new Protector(DROPS);
    protector.known(List.of(left));
    return hidden(protector.protect(now));
  }

  private static List<String> hidden(TableSchema left) {
    return left.columns().stream()
        .filter(c -> "new".equals(c.protection()))
        .map(Column::name)
        .toList();
  }

  private static ProtectionConfig config(String match, Protection protection) {
    return ProtectionConfig.NONE
        .withColumns(List.of(new ProtectionRule(match, protection)))
        .withSecret(HashSecret.of("a secret of the test"));
  }

  private static TableSchema people(String... columns) {
    return table("people", columns);
  }

  private static TableSchema table(String name, String... columns) {
    List<Column> list =
        Stream.of(columns)
            .map(c -> new Column(c, "text", ColumnType.of(LogicalType.TEXT), true))
            .toList();
    return new TableSchema(new TableName("shop", name), list, List.of("id"));
  }
}
