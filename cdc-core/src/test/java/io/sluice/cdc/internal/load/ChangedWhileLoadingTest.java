package io.sluice.cdc.internal.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.error.SourceException;
import io.sluice.cdc.event.TableName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * DDL on a table that is being loaded is not kept waiting, and the load stops and names the table.
 */
class ChangedWhileLoadingTest {
  private static final int ROWS = 10_000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE t ADD COLUMN added int DEFAULT 5, ALGORITHM=INSTANT",
        "ALTER TABLE t ADD COLUMN added int FIRST",
        "ALTER TABLE t MODIFY v bigint",
        "ALTER TABLE t DROP COLUMN v",
        "ALTER TABLE t RENAME COLUMN v TO w",
        "ALTER TABLE t MODIFY v int NOT NULL",
        "ALTER TABLE t DROP PRIMARY KEY",
        "TRUNCATE TABLE t",
        "DROP TABLE t",
        "RENAME TABLE t TO elsewhere",
        "DROP DATABASE DATABASE_NAME"
      })
  void theLoadStopsAndNamesTheTable(String statement) throws Exception {
    String database = filled();
    SourceConfig source = LoadServer.source(database + ".*");
    RecordingOutput output =
        new RecordingOutput()
            .afterCommit(
                2,
                () ->
                    LoadServer.mySql()
                        .execute(
                            "SET SESSION lock_wait_timeout = 3",
                            "USE " + database,
                            statement.replace("DATABASE_NAME", database)));
    assertThatThrownBy(() -> LoadServer.run(source, LoadServer.load(1, 128 << 10), output))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining(database + ".t")
        .hasMessageContaining("Start again");
    assertThat(output.counted()).isLessThan(ROWS);
  }

  @Test
  void afterTheChangeTheRestIsReadWithTheNewStructure() throws Exception {
    String database = filled();
    SourceConfig source = LoadServer.source(database + ".*");
    RecordingOutput output =
        new RecordingOutput()
            .afterCommit(
                2,
                () ->
                    LoadServer.mySql()
                        .execute(
                            "SET SESSION lock_wait_timeout = 3",
                            "ALTER TABLE " + database + ".t ADD COLUMN added int DEFAULT 5"));
    assertThatThrownBy(() -> LoadServer.run(source, LoadServer.load(1, 128 << 10), output))
        .isInstanceOf(SourceException.class);
    LoadServer.run(source, LoadServer.load(1, 128 << 10), output);
    List<List<String>> rows = output.rows(new TableName(database, "t"));
    Set<String> keys = new HashSet<>();
    rows.forEach(r -> keys.add(r.get(0)));
    assertThat(rows).hasSize(ROWS).anyMatch(r -> r.size() == 3).anyMatch(r -> r.size() == 4);
    assertThat(keys).hasSize(ROWS);
  }

  private static String filled() throws Exception {
    String database = LoadServer.database();
    LoadServer.mySql()
        .execute(
            "USE " + database,
            "SET SESSION cte_max_recursion_depth = 100000",
            "CREATE TABLE t (n int primary key, v int, pad varchar(200))",
            "INSERT INTO t WITH RECURSIVE s AS (SELECT 1 n UNION ALL SELECT n + 1 FROM s WHERE n < "
                + ROWS
                + ") SELECT n, n, REPEAT('x', 150) FROM s",
            "ANALYZE TABLE t");
    return database;
  }
}
