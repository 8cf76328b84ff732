package io.sluice.cdc.spark.internal.rows;

import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.s3.LoggedCommit;
import io.sluice.cdc.spark.internal.lake.SchemaChange;
import io.sluice.cdc.spark.internal.lake.Types;
import io.sluice.cdc.spark.internal.lake.Widening;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.types.Type;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Files of one table, read by their keys and in the columns of its present structure. Nothing is
 * listed and no footer is asked for a schema: the log tells both. Immutable.
 *
 * @param spark reads them
 * @param location where Spark sees the final location
 * @param files which
 */
public record ChangeFiles(SparkSession spark, String location, List<LoggedCommit.File> files) {
  /** Database, table, day and file: what lies below the final location, whatever its prefix is. */
  private static final int PARTS = 4;

  private static final StructType MARKS =
      new StructType().add(Names.OP, DataTypes.StringType).add(Names.SEQ, DataTypes.LongType);

  /** Copies the list. */
  public ChangeFiles {
    files = List.copyOf(files);
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return files.isEmpty();
  }

  /** Those that have a row after a number, and of which some rows may count therefore. */
  public ChangeFiles after(long sequence) {
    return new ChangeFiles(
        spark, location, files.stream().filter(f -> f.lastSequence() > sequence).toList());
  }

  /** Operation and number of every row. */
  Dataset<Row> marks() {
    return read(MARKS, files);
  }

  /**
   * All rows, with operation, number and time.
   *
   * @param structures every structure that a file has
   * @param present the one in which they are returned
   */
  public Dataset<Row> rows(Map<Integer, TableSchema> structures, TableSchema present) {
    Map<Integer, List<LoggedCommit.File>> byStructure =
        files.stream()
            .collect(
                Collectors.groupingBy(
                    LoggedCommit.File::structure, TreeMap::new, Collectors.toList()));
    List<Dataset<Row>> all = new ArrayList<>();
    byStructure.forEach(
        (version, some) -> {
          TableSchema structure = structures.get(version);
          if (structure == null) {
            throw new IllegalStateException("structure " + version + " was not told");
          }
          all.add(read(Types.file(structure), some).select(columns(structure, present)));
        });
    return all.stream().reduce(Dataset::union).orElseGet(() -> nothing(present));
  }

  private Dataset<Row> nothing(TableSchema present) {
    return spark.createDataFrame(List.of(), Types.file(present));
  }

  private Dataset<Row> read(StructType schema, Collection<LoggedCommit.File> some) {
    String[] paths = some.stream().map(this::path).toArray(String[]::new);
    return spark.read().option("datetimeRebaseMode", "CORRECTED").schema(schema).parquet(paths);
  }

  private String path(LoggedCommit.File file) {
    String[] parts = file.key().split("/");
    List<String> below = List.of(parts).subList(parts.length - PARTS, parts.length);
    return location.replaceAll("/+$", "") + "/" + String.join("/", below);
  }

  private static org.apache.spark.sql.Column[] columns(TableSchema file, TableSchema present) {
    List<org.apache.spark.sql.Column> all = new ArrayList<>();
    present.columns().forEach(c -> all.add(column(file, present, c)));
    all.add(Names.column(Names.OP));
    all.add(Names.column(Names.SEQ));
    all.add(Names.column(Names.TS));
    return all.toArray(org.apache.spark.sql.Column[]::new);
  }

  /** A column that a file does not have is NULL in its rows. */
  private static org.apache.spark.sql.Column column(
      TableSchema file, TableSchema present, Column wanted) {
    Type to = Types.iceberg(wanted.type());
    for (Column there : file.columns()) {
      if (there.name().equalsIgnoreCase(wanted.name())) {
        Type from = Types.iceberg(there.type());
        if (!Widening.isLegal(from, to)) {
          throw SchemaChange.retyped(present, wanted, from, to);
        }
        return Names.column(there.name()).cast(Types.spark(wanted.type())).as(wanted.name());
      }
    }
    return functions.lit(null).cast(Types.spark(wanted.type())).as(wanted.name());
  }
}
