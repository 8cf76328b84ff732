package io.sluice.cdc.s3.internal.encode;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.MySqlType;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.event.ZeroDates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares docs/types.md with the mapping in the code. */
class TypesDocTest {
  /** All types of MySQL 9, under the names that information_schema has for them. */
  private static final Set<String> ALL =
      Set.of(
          ("tinyint smallint mediumint int bigint bit decimal float double year date datetime timestamp time"
                  + " char varchar tinytext text mediumtext longtext enum set json binary varbinary tinyblob blob"
                  + " mediumblob longblob vector geometry point linestring polygon multipoint multilinestring"
                  + " multipolygon geomcollection")
              .split(" "));

  @Test
  void everyTypeIsDocumentedAsItIsWritten() throws Exception {
    Set<String> documented = new TreeSet<>();
    for (List<String> row : rows()) {
      MySqlType type = MySqlType.parse(row.get(0));
      Column column = Column.of("c", type, true, ZeroDates.NULL);
      TableSchema table = new TableSchema(new TableName("d", "t"), List.of(column), List.of());
      assertThat("optional " + row.get(1).replaceFirst("^(\\S+)", "$1 c"))
          .as(row.get(0))
          .isEqualTo(FileSchema.of(table, false).getType("c").toString());
      documented.add(type.name());
    }
    assertThat(documented).containsExactlyInAnyOrderElementsOf(ALL);
  }

  private static List<List<String>> rows() throws Exception {
    return Files.readAllLines(Path.of("..", "docs", "types.md")).stream()
        .filter(line -> line.startsWith("| `"))
        .map(
            line ->
                Arrays.stream(line.substring(2).split(" \\| "))
                    .map(cell -> cell.replace("`", ""))
                    .collect(Collectors.toList()))
        .toList();
  }
}
