package io.sluice.cdc.spark.internal.merge;

import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.spark.functions.SparkFunctions;
import org.apache.iceberg.spark.source.SparkTable;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.FunctionCatalog;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Gives Spark the tables that are being changed, under names that nobody else has: what a statement
 * does to them stays in their change. Made by Spark; thread-safe.
 */
public final class StagedCatalog implements TableCatalog, FunctionCatalog {
  private static final String NAME = "sluice_staged";
  private static final Map<String, org.apache.iceberg.Table> OPEN = new ConcurrentHashMap<>();

  private static final Class<?>[] WITHOUT_REFRESH = {org.apache.iceberg.Table.class, boolean.class};

  private String name = NAME;

  /** Makes a table known; returns its name for statements. */
  static String open(SparkSession spark, String id, org.apache.iceberg.Table table) {
    spark.conf().set("spark.sql.catalog." + NAME, StagedCatalog.class.getName());
    OPEN.put(id, table);
    return NAME + "." + id;
  }

  static void close(String id) {
    OPEN.remove(id);
  }

  @Override
  public void initialize(String given, CaseInsensitiveStringMap options) {
    this.name = given;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Table loadTable(Identifier id) throws NoSuchTableException {
    org.apache.iceberg.Table table = OPEN.get(id.name());
    if (table == null) {
      throw new NoSuchTableException(id);
    }
    return forSpark(table);
  }

  /**
   * Iceberg 1.11 for Spark 4.1 no longer asks whether to refresh a table, which has to be {@code
   * false} for those that do: the change is in memory only.
   */
  private static Table forSpark(org.apache.iceberg.Table table) {
    try {
      for (Constructor<?> made : SparkTable.class.getConstructors()) {
        if (Arrays.equals(made.getParameterTypes(), WITHOUT_REFRESH)) {
          return (Table) made.newInstance(table, false);
        }
      }
      return SparkTable.class.getConstructor(org.apache.iceberg.Table.class).newInstance(table);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This Iceberg is not known to Sluice; see docs/spark.md", e);
    }
  }

  @Override
  public Identifier[] listTables(String[] namespace) {
    return new Identifier[0];
  }

  @Override
  public Table alterTable(Identifier id, TableChange... changes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean dropTable(Identifier id) {
    return false;
  }

  @Override
  public void renameTable(Identifier from, Identifier to) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Identifier[] listFunctions(String[] namespace) {
    return new Identifier[0];
  }

  /** Partitions by day, bucket and the like are told to Spark as functions. */
  @Override
  public UnboundFunction loadFunction(Identifier id) throws NoSuchFunctionException {
    UnboundFunction function = SparkFunctions.load(id.name());
    if (function == null) {
      throw new NoSuchFunctionException(id);
    }
    return function;
  }
}
