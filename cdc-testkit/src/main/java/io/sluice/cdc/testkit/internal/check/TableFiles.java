package io.sluice.cdc.testkit.internal.check;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files of one table, downloaded: what they hold against what the log says of them. */
final class TableFiles {
  private static final String FACTS =
      "SELECT count(*), coalesce(min(_cdc_seq), 0), coalesce(max(_cdc_seq), 0),"
          + " count(*) FILTER (WHERE _cdc_op = 'r'), count(*) FILTER (WHERE _cdc_op = 'c'),"
          + " count(*) FILTER (WHERE _cdc_op = 'u'), count(*) FILTER (WHERE _cdc_op = 'd'),"
          + " count(*) FILTER (WHERE _cdc_op = 't') FROM ";
  private static final List<String> OPERATIONS = List.of("r", "c", "u", "d", "t");

  private final Duck duck;
  private final Tally tally;
  private final Findings findings;
  private final Map<Integer, List<Path>> bySchema = new TreeMap<>();
  private final List<Path> changes = new ArrayList<>();

  TableFiles(Duck duck, Tally tally, Findings findings) {
    this.duck = duck;
    this.tally = tally;
    this.findings = findings;
  }

  /** Downloads into the folder and looks at each file. */
  void open(Bucket bucket, Location place, List<LogFile> files, Listing listing, Path folder)
      throws SQLException, InterruptedException {
    List<LogFile> there = files.stream().filter(f -> listing.holds(place.keyOf(f.key()))).toList();
    List<String> keys = there.stream().map(f -> place.keyOf(f.key())).toList();
    List<Path> paths = new ArrayList<>();
    for (int i = 0; i < there.size(); i++) {
      paths.add(folder.resolve(i + ".parquet"));
    }
    Downloads.fetch(bucket, keys, paths);
    for (int i = 0; i < there.size(); i++) {
      look(there.get(i), paths.get(i));
    }
  }

  /** Readable files by the version of their schema. */
  Map<Integer, List<Path>> bySchema() {
    return bySchema;
  }

  /** Readable files with changes. */
  List<Path> changes() {
    return changes;
  }

  private void look(LogFile file, Path path) throws SQLException {
    String checksum = Crc.of(path);
    if (!checksum.equals(file.checksum())) {
      findings.add(file.key(), "the checksum " + file.checksum(), checksum);
    }
    Facts facts;
    try {
      facts = duck.query(FACTS + Duck.parquet(List.of(path)), Facts::read).get(0);
    } catch (SQLException e) {
      findings.add(
          file.key(),
          "a Parquet file with Sluice's columns",
          "what DuckDB cannot read: " + e.getMessage());
      return;
    }
    compare(file, facts);
    for (int i = 0; i < OPERATIONS.size(); i++) {
      tally.operation(OPERATIONS.get(i), facts.operations().get(i));
    }
    bySchema.computeIfAbsent(file.schema(), v -> new ArrayList<>()).add(path);
    if (!file.isLoad()) {
      changes.add(path);
    }
  }

  private void compare(LogFile file, Facts facts) {
    if (facts.rows() != file.rows()) {
      findings.add(file.key(), file.rows() + " rows", facts.rows() + " rows");
    }
    if (facts.first() != file.firstSequence() || facts.last() != file.lastSequence()) {
      findings.add(
          file.key(),
          "_cdc_seq " + LogRules.range(file.firstSequence(), file.lastSequence()),
          "_cdc_seq " + LogRules.range(facts.first(), facts.last()));
    }
    long loads = facts.operations().get(0);
    if (loads != (file.isLoad() ? facts.rows() : 0)) {
      String other = file.isLoad() ? facts.rows() - loads + " changes" : loads + " rows of a load";
      findings.add(file.key(), "only rows of a " + file.kind(), other);
    }
    long known = facts.operations().stream().mapToLong(n -> n).sum();
    if (known != facts.rows()) {
      findings.add(
          file.key(), "_cdc_op r, c, u, d or t", facts.rows() - known + " rows with another");
    }
  }

  /** What a file says of itself. */
  private record Facts(long rows, long first, long last, List<Long> operations) {
    static Facts read(ResultSet row) throws SQLException {
      List<Long> operations = new ArrayList<>();
      for (int i = 0; i < OPERATIONS.size(); i++) {
        operations.add(row.getLong(4 + i));
      }
      return new Facts(row.getLong(1), row.getLong(2), row.getLong(3), operations);
    }
  }
}
