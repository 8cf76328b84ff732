package io.sluice.cdc.s3.sql;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The engines for which SQL can be written. */
public enum SqlDialect {
  /** Amazon Athena, engine version 3, with the Glue catalogue. */
  ATHENA(new Athena()),
  /** Trino with its Hive connector. */
  TRINO(new Trino()),
  /** Apache Spark 4. */
  SPARK(new Spark()),
  /** DuckDB 1.5. */
  DUCKDB(new DuckDb());

  private final Dialect dialect;

  SqlDialect(Dialect dialect) {
    this.dialect = dialect;
  }

  /**
   * The dialect of a name in lower case.
   *
   * @throws IllegalArgumentException when there is none, saying which there are
   */
  public static SqlDialect named(String name) {
    return Arrays.stream(values())
        .filter(dialect -> dialect.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "is not a dialect; choose "
                        + Arrays.stream(values())
                            .map(SqlDialect::toString)
                            .collect(Collectors.joining(", "))));
  }

  Dialect dialect() {
    return dialect;
  }

  /** The name in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
