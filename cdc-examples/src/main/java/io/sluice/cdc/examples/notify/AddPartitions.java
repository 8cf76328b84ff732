package io.sluice.cdc.examples.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Registers the day of each file in a catalogue such as Glue's, for tables without partition
 * projection. The statement has no effect where the day is known, and days can come in any order:
 * so it may be run any number of times. Thread-safe if what runs it is.
 */
final class AddPartitions implements Reaction {
  private final Consumer<String> runner;

  /**
   * Of statements that somebody runs.
   *
   * @param runner given each statement: in Athena, {@code StartQueryExecution}
   */
  AddPartitions(Consumer<String> runner) {
    this.runner = runner;
  }

  @Override
  public List<String> react(String bucket, PromotedCommit commit) {
    Set<String> statements = new TreeSet<>();
    for (PromotedCommit.File file : commit.files()) {
      statements.add(statement(bucket, file));
    }
    statements.forEach(runner);
    return new ArrayList<>(statements);
  }

  private static String statement(String bucket, PromotedCommit.File file) {
    String folder = file.key().substring(0, file.key().lastIndexOf('/') + 1);
    return "ALTER TABLE "
        + name(file.database())
        + "."
        + name(file.table())
        + " ADD IF NOT EXISTS PARTITION (dt = '"
        + file.dt()
        + "') LOCATION '"
        + ("s3://" + bucket + "/" + folder).replace("\\", "\\\\").replace("'", "\\'")
        + "'";
  }

  /** As the catalogue has it: lower case. */
  private static String name(String mysql) {
    return "`" + mysql.toLowerCase(Locale.ROOT).replace("`", "``") + "`";
  }
}
