package io.sluice.cdc.bench.torture.bystander;

import io.sluice.cdc.bench.torture.ordeal.Figures;
import io.sluice.cdc.bench.torture.ordeal.Generation;
import io.sluice.cdc.bench.torture.ordeal.World;
import io.sluice.cdc.testkit.check.DerivedTables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Everybody who works on the files beside the pipeline, over all rounds of a run. In each round:
 * {@link #attend}, {@link #leave}, and when the pipeline has ended {@link #settle}. Used by one
 * thread.
 */
public final class Bystanders implements AutoCloseable {
  private static final int COMPACTION_ONE_IN = 3;

  private final World world;
  private final @Nullable Lake lake;
  private @Nullable Compactions compactions;

  /**
   * Nobody is there yet.
   *
   * @param spark a file of arguments for a JVM with Spark, null for a run without a lake
   */
  public Bystanders(World world, @Nullable Path spark) throws IOException {
    this.world = world;
    this.lake = spark == null ? null : new Lake(world, spark);
  }

  /** A round begins: the lake is followed, and in some rounds files are compacted. */
  public void attend(Generation generation, Random random) throws InterruptedException {
    compactions =
        random.nextInt(COMPACTION_ONE_IN) == 0
            ? Compactions.start(world, generation, new Random(random.nextLong()))
            : null;
    if (lake != null) {
      lake.attend(generation, new Random(random.nextLong()));
    }
  }

  /** The writers are still: nobody is killed any more. */
  public void leave() throws InterruptedException {
    if (compactions != null) {
      compactions.close();
    }
    if (lake != null) {
      lake.leave();
    }
  }

  /**
   * Tidies up what was killed.
   *
   * @return what went wrong
   */
  public List<String> tidy() throws InterruptedException {
    return compactions == null ? List.of() : compactions.tidy();
  }

  /**
   * Brings all that was made of the files up to what is committed; nothing where there is no lake.
   *
   * @return what is to be compared with MySQL
   * @throws MergeFailedException when the merge failed
   */
  public List<DerivedTables> settle(Generation generation)
      throws InterruptedException, IOException, MergeFailedException {
    if (lake == null) {
      return List.of();
    }
    List<DerivedTables> all = new ArrayList<>(lake.settle());
    all.add(PrintedViews.of(world, generation));
    return all;
  }

  /** The round is judged. */
  public void forget() {
    if (lake != null) {
      lake.forget();
    }
  }

  /** Adds what was done to them in this round. */
  public void count(Figures figures) {
    if (compactions != null) {
      compactions.count(figures);
    }
    if (lake != null) {
      lake.count(figures);
    }
  }

  @Override
  public void close() throws InterruptedException {
    if (lake != null) {
      lake.close();
    }
  }
}
