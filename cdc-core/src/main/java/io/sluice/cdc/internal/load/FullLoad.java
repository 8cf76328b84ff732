package io.sluice.cdc.internal.load;

import io.sluice.cdc.config.LoadConfig;
import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.config.TypesConfig;
import io.sluice.cdc.event.LoadState;
import io.sluice.cdc.event.LoadView;
import io.sluice.cdc.event.SourcePosition;
import io.sluice.cdc.event.TableLoad;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.internal.mysql.Catalog;
import io.sluice.cdc.internal.mysql.MySqlConnections;
import io.sluice.cdc.internal.mysql.SourceFailures;
import io.sluice.cdc.internal.mysql.TableIndexes;
import io.sluice.cdc.internal.mysql.TableSizes;
import io.sluice.cdc.status.LoadProgress;
import io.sluice.cdc.status.TableProgress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads tables in full: takes one view, cuts the tables into chunks, reads them over several
 * connections, and hands rows and progress to a {@link LoadOutput}. Thread-safe; one {@link #run}
 * at a time.
 */
public final class FullLoad {
  private static final Logger LOG = LoggerFactory.getLogger(FullLoad.class);
  private static final Duration WATCH_PAUSE = Duration.ofSeconds(20);

  private final MySqlConnections server;
  private final LoadConfig load;
  private final TypesConfig types;
  private final LoadOutput output;
  private final LoadListener listener;
  private volatile @Nullable LoadPlan plan;
  private volatile long startNanos;
  private volatile Duration blocked = Duration.ZERO;

  /** Nothing is connected yet. */
  public FullLoad(
      SourceConfig source,
      LoadConfig load,
      TypesConfig types,
      LoadOutput output,
      LoadListener listener) {
    this.server = new MySqlConnections(source);
    this.load = load;
    this.types = types;
    this.output = output;
    this.listener = listener;
  }

  /**
   * As {@link #run(List, LoadState, SourcePosition)} where the stream starts at the load's own
   * view.
   *
   * @param tables the structures of the included tables
   * @param state what has been loaded before
   */
  public void run(List<TableSchema> tables, LoadState state) throws InterruptedException {
    run(tables, state, null);
  }

  /**
   * Loads what is missing of these tables and returns when all of it is committed. On a failure or
   * an interrupt everything that was not committed is discarded.
   *
   * @param tables the structures of the included tables
   * @param state what has been loaded before
   * @param streamStart where the stream will start; the load stops when the server purges that part
   *     of its binlog. Null for the position of the load's own view
   * @throws io.sluice.cdc.error.CdcException when a table cannot be loaded
   */
  public void run(List<TableSchema> tables, LoadState state, @Nullable SourcePosition streamStart)
      throws InterruptedException {
    List<TableSchema> missing =
        tables.stream().filter(t -> !isDone(state.table(t.table()))).toList();
    if (missing.isEmpty()) {
      return;
    }
    startNanos = System.nanoTime();
    Set<TableName> names = missing.stream().map(TableSchema::table).collect(Collectors.toSet());
    try (Connection control = server.open();
        Connection watching = server.open();
        OpenView view = new ViewOpener(server, load.parallelism()).open(names)) {
      blocked = view.writersBlocked();
      Catalog catalog = new Catalog(server.source(), types);
      StructureGuard guard = new StructureGuard(control, catalog);
      guard.compare(missing);
      LoadView numbered = output.newView(view.position(), view.takenMicros());
      listener.viewTaken(numbered, view.method(), view.writersBlocked());
      LoadPlan made = new LoadPlan(numbered, work(control, missing, names, state));
      plan = made;
      SourcePosition needed = streamStart == null ? view.position() : streamStart;
      RetentionWatch watch =
          new RetentionWatch(watching, needed, this::progress, listener, WATCH_PAUSE);
      read(
          view,
          new LoadContext(
              made, output, listener, guard, watch, types.zeroDates(), load.chunkBytes()));
    } catch (SQLException e) {
      throw SourceFailures.during("preparing the load", e);
    }
  }

  private static boolean isDone(@Nullable TableLoad table) {
    return table != null && table.done();
  }

  private List<TableWork> work(
      Connection control, List<TableSchema> missing, Set<TableName> names, LoadState state)
      throws SQLException {
    Map<TableName, TableSizes> sizes = TableSizes.read(control, names);
    Keys keys = new Keys(TableIndexes.read(control, missing));
    return missing.stream()
        .map(
            schema -> {
              TableSizes size = sizes.getOrDefault(schema.table(), TableSizes.UNKNOWN);
              String because = keys.uncuttableBecause(schema);
              if (because != null && size.bytes() >= LoadForecast.LARGE_BYTES) {
                LOG.warn("{}", LoadForecast.inOnePiece(schema.table(), size.bytes(), because));
              }
              return new TableWork(
                  schema,
                  keys.cuttable(schema),
                  keys.order(schema),
                  size,
                  state.table(schema.table()));
            })
        .toList();
  }

  private static void read(OpenView view, LoadContext context) throws InterruptedException {
    ReaderThreads threads = new ReaderThreads(context.plan(), view);
    view.connections().forEach(c -> threads.start(new Reader(c, context)));
    threads.await();
  }

  /** How far the running or last load is; every table of that run. */
  public LoadProgress progress() {
    LoadPlan current = plan;
    if (current == null) {
      return LoadProgress.NONE;
    }
    List<TableProgress> tables = current.tables().stream().map(t -> progress(current, t)).toList();
    return new LoadProgress(tables, Duration.ofNanos(System.nanoTime() - startNanos), blocked);
  }

  private static TableProgress progress(LoadPlan plan, TableWork table) {
    return new TableProgress(
        table.name(),
        table.rows(),
        table.bytes(),
        table.rowsToRead(),
        table.bytesToRead(),
        plan.isDone(table));
  }
}
