package io.sluice.cdc.s3.internal.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.ColumnType;
import io.sluice.cdc.event.LogicalType;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SchemaVersionsTest {
  private static final TableName TABLE = new TableName("shop", "orders");

  private final SchemaVersions versions = new SchemaVersions();
  private final TableSchema a = schema("a");
  private final TableSchema b = schema("b");

  @Test
  void rowsAndAnnouncementsOfOneStructureShareItsNumber() {
    assertThat(versions.of(a)).isEqualTo(1);
    assertThat(versions.of(b)).isEqualTo(2);
    assertThat(versions.of(a)).isEqualTo(1);
    assertThat(numbers(Map.of(TABLE, Set.of(1, 2)), a, b)).containsExactly(1, 2);
  }

  @Test
  void whatTheLogHasIsNotRepeated() {
    versions.committed(7, a);
    assertThat(versions.of(a)).isEqualTo(7);
    assertThat(numbers(Map.of(TABLE, Set.of(7)), a)).isEmpty();
    assertThat(versions.of(b)).isEqualTo(8);
  }

  @Test
  void aTableThatGoesBackToAnEarlierStructureGetsANewNumber() {
    versions.committed(1, a);
    assertThat(numbers(Map.of(), b, a)).containsExactly(2, 3);
    assertThat(versions.of(a)).isEqualTo(3);
  }

  @Test
  void aSlowLoaderKeepsTheNumberOfTheStructureItReads() {
    versions.committed(1, a);
    versions.committed(2, b);
    assertThat(versions.of(a)).isEqualTo(1);
    assertThat(numbers(Map.of(TABLE, Set.of(1)))).isEmpty();
  }

  @Test
  void aNumberThatIsNotCommittedIsToldAgain() {
    assertThat(versions.of(a)).isEqualTo(1);
    assertThat(numbers(Map.of(TABLE, Set.of(1)), a)).containsExactly(1);
    assertThat(numbers(Map.of(TABLE, Set.of(1)), a)).containsExactly(1);
  }

  private List<Integer> numbers(Map<TableName, Set<Integer>> used, TableSchema... announced) {
    return versions.missing(used, List.of(announced)).stream()
        .map(SchemaVersions.Version::version)
        .toList();
  }

  private static TableSchema schema(String column) {
    return new TableSchema(
        TABLE,
        List.of(new Column(column, "int", ColumnType.of(LogicalType.INT32), true)),
        List.of());
  }
}
