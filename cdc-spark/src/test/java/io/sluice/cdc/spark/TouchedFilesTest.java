package io.sluice.cdc.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A merge writes what its changes touch, and leaves everything else as it is. */
@Tag("servers")
class TouchedFilesTest {
  private static final int DAYS = 10;
  private static final int ROWS_A_DAY = 100;
  private final SparkWorld world = SparkWorld.shared();

  @Test
  void onlyPartitionsWithChangesAreWrittenAnew() throws Exception {
    String id = "touched";
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < DAYS * ROWS_A_DAY; i++) {
      rows.append(i == 0 ? "" : ", ")
          .append("(" + i + ", '2024-01-" + (10 + i / ROWS_A_DAY) + " 12:00:00', 0)");
    }
    world
        .mysql()
        .execute(
            "CREATE DATABASE touched",
            "CREATE TABLE touched.orders (id INT PRIMARY KEY, at DATETIME, v INT)",
            "INSERT INTO touched.orders VALUES " + rows);
    world.catchUp(id);
    merge(id);
    assertThat(summary(id)).containsEntry("added-data-files", "10");
    world.mysql().execute("UPDATE touched.orders SET v = 1 WHERE id IN (1, 2, 950)");
    world.catchUp(id);
    merge(id);
    assertThat(summary(id))
        .containsEntry("changed-partition-count", "2")
        .containsEntry("deleted-data-files", "2");
    world.mysql().execute("UPDATE touched.orders SET v = v + 1 WHERE id >= 300 AND id < 600");
    world.catchUp(id);
    merge(id);
    assertThat(summary(id))
        .as("more keys than are named one by one")
        .containsEntry("changed-partition-count", "3")
        .containsEntry("deleted-data-files", "3");
    world
        .mysql()
        .execute(
            "UPDATE touched.orders SET at = '2024-02-01' WHERE id = 5",
            "INSERT INTO touched.orders VALUES (5000, '2024-01-11', 7)");
    world.catchUp(id);
    merge(id);
    assertThat(summary(id)).as("moved").containsEntry("deleted-data-files", "1");
    world.mysql().execute("INSERT INTO touched.orders VALUES (5001, '2024-01-11', 7)");
    world.catchUp(id);
    merge(id);
    assertThat(summary(id)).doesNotContainKey("deleted-data-files");
    world.assertSame(id);
  }

  private void merge(String id) throws Exception {
    world.merge(id).partition("touched.orders", "days(at)").build().run();
  }

  private Map<String, String> summary(String id) throws Exception {
    Table table = world.table("lake." + id + "_" + id + ".orders");
    Snapshot snapshot = table.currentSnapshot();
    assertThat(snapshot.summary()).containsKeys("sluice.commit", "sluice.pipeline");
    return snapshot.summary();
  }
}
