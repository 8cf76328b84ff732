package io.sluice.cdc.examples.demo;

import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.s3.S3Sink;
import io.sluice.cdc.s3.sql.LakeSql;
import io.sluice.cdc.s3.sql.SqlDialect;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Three questions to the lake, asked in the SQL that {@code bin/cdc sql} prints. */
final class Questions {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS'+00'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final String TOP_CUSTOMERS =
      """
      SELECT c.name, count(*) AS orders, sum(o.total) AS total
      FROM shop.orders_current o JOIN shop.customers_current c ON c.id = o.customer_id
      GROUP BY c.id, c.name ORDER BY total DESC, c.id LIMIT 5""";

  private static final String THEN_AND_NOW =
      """
      SELECT status, count(*) FILTER (which = 'then') AS before_traffic,
        count(*) FILTER (which = 'now') AS now
      FROM (SELECT 'then' AS which, status FROM shop.orders_as_of(_cdc_to_ts := TIMESTAMPTZ '%s')
            UNION ALL SELECT 'now', status FROM shop.orders_current)
      GROUP BY status ORDER BY status""";

  private static final String HISTORY =
      """
      SELECT id, _cdc_op AS op, _cdc_seq AS seq, strftime(_cdc_ts AT TIME ZONE 'UTC', '%H:%M:%S.%g') AS committed,
        status, total
      FROM shop.orders
      WHERE id = (SELECT id FROM shop.orders GROUP BY id ORDER BY count(*) DESC, id LIMIT 1)
      ORDER BY _cdc_seq""";

  private final Lake lake;
  private final PrintStream out;

  Questions(Lake lake, PrintStream out) {
    this.lake = lake;
    this.out = out;
  }

  /**
   * Asks all three and tells the answers.
   *
   * @param sink of the place; stays the caller's
   * @param before a moment after the load and before the first change
   */
  void ask(S3Sink sink, PipelineId pipeline, Instant before)
      throws SQLException, InterruptedException {
    LakeSql sql = LakeSql.read(sink, pipeline);
    String views = sql.write(SqlDialect.DUCKDB, lake.location(), sql.tables()).sql();
    String then = MOMENT.format(before.truncatedTo(ChronoUnit.MICROS));
    ask(views, "Who are the best customers now?", TOP_CUSTOMERS);
    ask(views, "How did the orders stand before the traffic?", THEN_AND_NOW.formatted(then));
    ask(views, "What happened to the order that changed most?", HISTORY);
  }

  private void ask(String views, String question, String sql) throws SQLException {
    List<List<String>> answer = lake.run(views, sql);
    out.println();
    out.println(question);
    out.println(sql.indent(2).stripTrailing());
    out.println();
    out.print(Table.of(answer));
  }
}
