package io.sluice.cdc.testkit.check;

import io.sluice.cdc.testkit.internal.check.Bucket;
import io.sluice.cdc.testkit.internal.check.Check;
import io.sluice.cdc.testkit.internal.check.Duck;
import io.sluice.cdc.testkit.internal.check.Findings;
import io.sluice.cdc.testkit.internal.check.Location;
import io.sluice.cdc.testkit.internal.check.MySqlReader;
import io.sluice.cdc.testkit.internal.check.S3Access;
import io.sluice.cdc.testkit.internal.check.TableId;
import io.sluice.cdc.testkit.internal.process.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Judges whether the files of a pipeline say what MySQL says.
 *
 * <p>It reads the commit log, checks that the final prefix holds exactly the files that commits
 * list, that {@code _cdc_seq} has no gap and no repetition, replays the rows, and compares the
 * result with MySQL row by row and value by value. It only reads, from MySQL in one consistent view
 * and without locks.
 *
 * <p>MySQL must stand still: stop the writers first, then wait until the pipeline has committed and
 * promoted what they wrote. A row that is written while the check runs is a difference. Rows that
 * were written before a column was added and never since read as NULL in that column, because MySQL
 * does not tell what it filled in: where it filled in a default, that is a difference too.
 *
 * <p>Memory stays within the limit, the rest goes to a temporary folder, which is removed. One
 * object may be used many times, also by several threads.
 */
public final class RowChecker {
  private final Builder settings;

  private RowChecker(Builder settings) {
    this.settings = settings;
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * Runs the check.
   *
   * @throws SQLException when MySQL cannot be read
   * @throws InterruptedException when the thread is interrupted
   */
  public CheckReport check() throws SQLException, InterruptedException {
    long start = System.nanoTime();
    Findings findings = new Findings(settings.differences);
    Path folder = makeFolder();
    CheckCounts counts;
    try (S3Client s3 = settings.access.client();
        MySqlReader mysql = MySqlReader.open(settings.jdbcUrl, settings.user, settings.password);
        Duck duck = Duck.open(folder, settings.memoryBytes)) {
      Location place = Location.parse(settings.location);
      Check check =
          new Check(
              new Bucket(s3, place.bucket()),
              place,
              mysql,
              duck,
              folder,
              findings,
              settings.leftOut,
              settings.untold,
              settings.derived);
      counts = check.run(settings.pipeline, settings.tables);
    } catch (IOException e) {
      throw new UncheckedIOException("The check cannot use its folder " + folder, e);
    } finally {
      Folders.delete(folder);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    return new CheckReport(counts, findings.count(), findings.first(), findings.notes(), took);
  }

  private Path makeFolder() {
    try {
      Path parent = settings.folder;
      return parent == null
          ? Files.createTempDirectory("sluice-check")
          : Files.createTempDirectory(Files.createDirectories(parent), "sluice-check");
    } catch (IOException e) {
      throw new UncheckedIOException("The check cannot make a temporary folder", e);
    }
  }

  /** Collects what the check needs. Not thread-safe. */
  public static final class Builder {
    private static final long DEFAULT_MEMORY_BYTES = 1L << 30;
    private static final int DEFAULT_DIFFERENCES = 20;

    private S3Access access = S3Access.DEFAULT;
    private String location = "";
    private String pipeline = "";
    private String jdbcUrl = "";
    private String user = "";
    private String password = "";
    private final List<TableId> tables = new ArrayList<>();
    private LeftOut leftOut = (database, table, column) -> false;
    private LeftOut untold = (database, table, column) -> false;
    private final List<DerivedTables> derived = new ArrayList<>();
    private long memoryBytes = DEFAULT_MEMORY_BYTES;
    private int differences = DEFAULT_DIFFERENCES;
    private @Nullable Path folder;

    private Builder() {}

    /** The S3 server, e.g. {@code http://127.0.0.1:9000}; AWS itself unless given. */
    public Builder endpoint(URI endpoint) {
      access = access.withEndpoint(endpoint);
      return this;
    }

    /** The region; what the AWS SDK finds in its usual places unless given. */
    public Builder region(String region) {
      access = access.withRegion(region);
      return this;
    }

    /** Whether the bucket's name goes into the path of addresses and not into the host name. */
    public Builder pathStyle(boolean pathStyle) {
      access = access.withPathStyle(pathStyle);
      return this;
    }

    /** The keys; what the AWS SDK finds in its usual places unless given. */
    public Builder credentials(String accessKey, String secretKey) {
      return credentials(accessKey, secretKey, null);
    }

    /** The keys of a session. */
    public Builder credentials(String accessKey, String secretKey, @Nullable String sessionToken) {
      access = access.withKeys(accessKey, secretKey, sessionToken);
      return this;
    }

    /** The final location of the pipeline, {@code s3://bucket/prefix}; required. */
    public Builder finalLocation(String location) {
      this.location = location;
      return this;
    }

    /** The pipeline's id; required. */
    public Builder pipeline(String id) {
      this.pipeline = id;
      return this;
    }

    /** MySQL; required. The user needs SELECT on the tables. */
    public Builder mysql(String jdbcUrl, String user, String password) {
      this.jdbcUrl = jdbcUrl;
      this.user = user;
      this.password = password;
      return this;
    }

    /**
     * A table that must be in the bucket; those that the log knows are compared without being
     * named.
     */
    public Builder expectTable(String database, String table) {
      tables.add(new TableId(database, table));
      return this;
    }

    /** Columns that the files do not have on purpose; none unless given. */
    public Builder leftOut(LeftOut columns) {
      this.leftOut = columns;
      return this;
    }

    /** Tables that were made of the files: each must hold what MySQL holds, too. */
    public Builder alsoCompare(DerivedTables tables) {
      derived.add(tables);
      return this;
    }

    /**
     * Columns of which no value may be told, whatever the log says of them: they are not compared.
     */
    public Builder untold(LeftOut columns) {
      this.untold = columns;
      return this;
    }

    /** How much memory DuckDB may use; 1 GiB unless given. */
    public Builder memoryBytes(long bytes) {
      this.memoryBytes = bytes;
      return this;
    }

    /** How many differences are described; 20 unless given. All are counted. */
    public Builder describe(int differences) {
      this.differences = differences;
      return this;
    }

    /** Where the temporary folder is made; the system's place for such unless given. */
    public Builder workFolder(Path folder) {
      this.folder = folder;
      return this;
    }

    /** Checks that nothing is missing and builds; connects to nothing. */
    public RowChecker build() {
      Location.parse(location);
      if (pipeline.isEmpty() || jdbcUrl.isEmpty()) {
        throw new IllegalArgumentException("A check needs the pipeline's id and MySQL's JDBC URL");
      }
      Builder copy = new Builder();
      copy.access = access;
      copy.location = location;
      copy.pipeline = pipeline;
      copy.jdbcUrl = jdbcUrl;
      copy.user = user;
      copy.password = password;
      copy.tables.addAll(tables);
      copy.leftOut = leftOut;
      copy.untold = untold;
      copy.derived.addAll(derived);
      copy.memoryBytes = memoryBytes;
      copy.differences = differences;
      copy.folder = folder;
      return new RowChecker(copy);
    }
  }
}
