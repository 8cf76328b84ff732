package io.sluice.cdc.spark.internal.lake;

import io.sluice.cdc.error.StateException;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchTableException;

/** The tables of one pipeline in one catalogue. Thread-safe as far as the catalogue is. */
public final class Lake {
  static final String TABLE = "sluice.table";
  private final Catalog catalog;
  private final TableNames names;
  private final String pipeline;
  private final Map<String, String> properties;

  /**
   * A lake.
   *
   * @param catalog where the tables are
   * @param names what they are called
   * @param pipeline the pipeline's id
   * @param properties of tables that are made
   */
  public Lake(Catalog catalog, TableNames names, String pipeline, Map<String, String> properties) {
    this.catalog = catalog;
    this.names = names;
    this.pipeline = pipeline;
    this.properties = Map.copyOf(properties);
  }

  /** What a table is called. */
  public String name(TableName table) {
    return names.catalog() + "." + names.of(table);
  }

  /** The table as it is now, if it was made. */
  public Optional<LakeTable> find(TableName table) {
    try {
      Table found = catalog.loadTable(names.of(table));
      found.refresh();
      requireOwn(table, found);
      return Optional.of(new LakeTable(name(table), pipeline, found));
    } catch (NoSuchTableException e) {
      return Optional.empty();
    }
  }

  /**
   * The table; makes it when it is not there.
   *
   * @param partition such as {@code days(created_at)}, empty for none
   */
  public LakeTable open(TableSchema structure, String partition) {
    Optional<LakeTable> found = find(structure.table());
    return found.isPresent() ? found.get() : create(structure, partition);
  }

  /** A table without columns that matter, for what is kept beside the others. */
  Table side(TableIdentifier id) {
    try {
      Table table = catalog.loadTable(id);
      table.refresh();
      return table;
    } catch (NoSuchTableException e) {
      makeNamespace(id.namespace());
      Schema schema = new Schema(Types.schemaOfNothing());
      return catalog.createTable(id, schema, PartitionSpec.unpartitioned(), tidy(Map.of()));
    }
  }

  private LakeTable create(TableSchema structure, String partition) {
    TableIdentifier id = names.of(structure.table());
    makeNamespace(id.namespace());
    Schema schema = Types.schema(structure);
    Map<String, String> all = tidy(properties);
    all.put(Marks.PIPELINE, pipeline);
    all.put(TABLE, structure.table().quoted());
    try {
      PartitionSpec spec = spec(structure, schema, partition);
      catalog.createTable(id, schema, spec, all);
    } catch (AlreadyExistsException e) {
      // Another run was faster; it is looked at as any other that is there.
    }
    return find(structure.table()).orElseThrow();
  }

  private static PartitionSpec spec(TableSchema structure, Schema schema, String partition) {
    try {
      return Partitions.parse(schema, partition);
    } catch (RuntimeException e) {
      throw new StateException(
          "Table "
              + structure.table()
              + " cannot be partitioned by "
              + partition
              + ": "
              + e.getMessage(),
          "Name columns that it has, with transforms that fit their types",
          e);
    }
  }

  /** Every run writes a few small files of metadata; a hundred of them are history enough. */
  private static Map<String, String> tidy(Map<String, String> given) {
    Map<String, String> all = new HashMap<>();
    all.put("format-version", "2");
    all.put("write.metadata.delete-after-commit.enabled", "true");
    all.putAll(given);
    return all;
  }

  private void makeNamespace(Namespace namespace) {
    if (catalog instanceof SupportsNamespaces spaces && !spaces.namespaceExists(namespace)) {
      try {
        spaces.createNamespace(namespace);
      } catch (AlreadyExistsException e) {
        // Somebody else wanted it, too.
      }
    }
  }

  private void requireOwn(TableName table, Table found) {
    String owner = found.properties().get(Marks.PIPELINE);
    String of = found.properties().get(TABLE);
    if (!pipeline.equals(owner) || !table.quoted().equals(of)) {
      throw new StateException(
          "Table "
              + name(table)
              + " is there already, and it was "
              + (owner == null
                  ? "not made by Sluice"
                  : "made for table " + of + " of pipeline " + owner),
          "Choose other names with --into, or drop that table");
    }
  }
}
