package io.sluice.cdc.spark.internal.lake;

import io.sluice.cdc.event.TableSchema;
import java.util.Optional;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;

/** A table of the lake as it was when it was opened. */
public final class LakeTable {
  private static final String STRUCTURE = "sluice.structure";

  private final String name;
  private final String pipeline;
  private final Table table;

  LakeTable(String name, String pipeline, Table table) {
    this.name = name;
    this.pipeline = pipeline;
    this.table = table;
  }

  /** Its name, the catalogue first. */
  public String name() {
    return name;
  }

  /** Up to which commit it is merged; nothing when it has to be made anew. */
  public Optional<Long> commit() {
    return Marks.read(table);
  }

  /** The structure up to which it is merged; nothing before the first time. */
  public Optional<StructureText> structure() {
    return Optional.ofNullable(table.properties().get(STRUCTURE)).map(StructureText::read);
  }

  /** Whether it has never had rows. */
  public boolean isNew() {
    return table.currentSnapshot() == null;
  }

  /** Its columns. */
  public Schema schema() {
    return table.schema();
  }

  /** Begins a change that becomes visible as a whole. */
  public Staged stage() {
    return new Staged(new StagedOperations(((HasTableOperations) table).operations()));
  }

  /** A change that nobody sees yet. Used by one thread. */
  public final class Staged {
    private final StagedOperations operations;
    private final BaseTable staged;

    private Staged(StagedOperations operations) {
      this.operations = operations;
      this.staged = new BaseTable(operations, name);
    }

    /** The table with the change so far; reading and writing it goes into the change. */
    public Table table() {
      return staged;
    }

    /** What the table has to become. */
    public SchemaChange changeTo(TableSchema structure, boolean emptied) {
      return SchemaChange.between(staged.schema(), structure, emptied);
    }

    /** Changes the columns. */
    public void apply(SchemaChange change) {
      if (!change.isNone()) {
        var update = staged.updateSchema();
        change.steps().forEach(step -> step.apply(update));
        update.commit();
      }
    }

    /** What the summary of a snapshot has to say. */
    public java.util.Map<String, String> summary(long commit) {
      return Marks.summary(pipeline, commit);
    }

    /**
     * Makes everything visible at once.
     *
     * @param commit up to which it is merged now
     * @throws org.apache.iceberg.exceptions.CommitFailedException when somebody else changed the
     *     table since it was opened; nothing of the change is there then
     */
    public void publish(long commit, StructureText structure) {
      var properties = staged.updateProperties();
      Marks.set(staged, properties, commit);
      properties.set(STRUCTURE, structure.write());
      properties.commit();
      operations.publish();
    }
  }
}
