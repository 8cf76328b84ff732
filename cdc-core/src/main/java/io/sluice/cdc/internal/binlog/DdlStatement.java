package io.sluice.cdc.internal.binlog;

import com.github.shyiko.mysql.binlog.event.QueryEventData;
import io.debezium.connector.mysql.MySqlOffsetContext;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statement and where it stands in the binlog.
 *
 * @param sql its text
 * @param database the session's, null for none
 * @param file the binlog file
 * @param position where its transaction begins
 * @param end where its event ends
 * @param hideLiterals whether values in it must not be told
 */
record DdlStatement(
    String sql,
    @Nullable String database,
    String file,
    long position,
    long end,
    boolean hideLiterals) {
  private static final Pattern START_TRANSACTION =
      Pattern.compile("\\s+START\\s+TRANSACTION\\s*$", Pattern.CASE_INSENSITIVE);

  /** MySQL 8.0.21 and later make a table and fill it in one transaction (CREATE TABLE … SELECT). */
  static DdlStatement of(
      QueryEventData query, MySqlOffsetContext offset, long end, boolean hideLiterals) {
    String sql = START_TRANSACTION.matcher(query.getSql().trim()).replaceFirst("");
    return new DdlStatement(
        sql,
        query.getDatabase(),
        offset.getSource().binlogFilename(),
        offset.getSource().binlogPosition(),
        end,
        hideLiterals);
  }

  /** No statement, but what a row at this place shows. */
  static DdlStatement none(MySqlOffsetContext offset) {
    long position = offset.getSource().binlogPosition();
    return new DdlStatement(
        "", null, offset.getSource().binlogFilename(), position, position, true);
  }

  /** For messages. */
  String quoted() {
    return Quote.of(sql, hideLiterals);
  }
}
