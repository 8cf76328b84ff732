package io.sluice.cdc.spark.internal.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.event.TableName;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types.IntegerType;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.types.Types.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableNamesTest {
  private static final Schema ORDERS =
      new Schema(
          NestedField.optional(1, "id", IntegerType.get()),
          NestedField.optional(2, "at", TimestampType.withoutZone()),
          NestedField.optional(3, "odd name", IntegerType.get()));

  @Test
  void aNameThatIsCleanStaysAsItIs() {
    assertThat(TableNames.parse("lake.{database}.{table}").of(new TableName("shop", "orders_1")))
        .hasToString("shop.orders_1");
    assertThat(TableNames.parse("lake.raw.x.{database}_{table}").of(new TableName("a", "b")))
        .hasToString("raw.x.a_b");
  }

  @Test
  void namesThatDifferStayDifferent() {
    assertThat(TableNames.clean("Order"))
        .startsWith("order_")
        .isNotEqualTo(TableNames.clean("order"))
        .isNotEqualTo(TableNames.clean("ORDER"));
    assertThat(TableNames.clean("a-b")).isNotEqualTo(TableNames.clean("a.b"));
    assertThat(TableNames.clean("ß☃")).matches("[a-z0-9_]+");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "lake.{table}",
        "lake.db.table",
        "{database}.x.{table}",
        "lake..{table}",
        "lake.{db}.{table}"
      })
  void whatIsNoPatternSaysWhatIsAllowed(String pattern) {
    assertThatThrownBy(() -> TableNames.parse(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lake.{database}.{table}");
  }

  @Test
  void partitionsAreReadAsSparkWritesThem() {
    assertThat(Partitions.parse(ORDERS, "days(at), bucket(16, id), odd name").fields())
        .extracting(f -> f.transform().toString())
        .containsExactly("day", "bucket[16]", "identity");
    assertThat(Partitions.parse(ORDERS, " ").isUnpartitioned()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"weeks(at)", "bucket(id)", "days(at", "days(3, at)", ","})
  void whatIsNoPartitionSaysWhatIsAllowed(String text) {
    assertThatThrownBy(() -> Partitions.check(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bucket(16, c)");
  }
}
