package io.sluice.cdc.testkit.internal.mysql;

import io.sluice.cdc.testkit.internal.process.Setting;
import java.util.ArrayList;
import java.util.List;

/**
 * What the user asked for.
 *
 * @param gtid whether transactions carry a GTID
 * @param serverId the {@code server_id}
 * @param timeZone the server's default time zone, as MySQL spells it
 * @param options further options; a later one wins, so they override ours
 */
public record MySqlSettings(boolean gtid, int serverId, String timeZone, List<String> options) {
  /** Options that decide what the data folder looks like. */
  private static final List<String> SHAPING =
      List.of(
          "lower-case-table-names",
          "innodb-page-size",
          "innodb-data-file-path",
          "innodb-undo-tablespaces");

  public MySqlSettings {
    options = List.copyOf(options);
  }

  /** The server to use: the image, the installed one, or the bundled one, in this order. */
  public MySqlServer open() {
    String image = Setting.of("cdc.test.mysql.image").orElse("");
    return image.isEmpty() ? LocalMySql.open(this) : Containers.mySql(image, this);
  }

  /** The server options, for a local process and a container alike. */
  List<String> serverOptions() {
    List<String> all = new ArrayList<>();
    all.add("--server-id=" + serverId);
    all.add("--log-bin=binlog");
    all.add("--binlog-format=ROW");
    all.add("--binlog-row-image=FULL");
    all.add("--gtid-mode=" + (gtid ? "ON" : "OFF"));
    all.add("--enforce-gtid-consistency=" + (gtid ? "ON" : "OFF"));
    all.add("--default-time-zone=" + timeZone);
    // A start must take a second. The data need to survive kill -9 of the server, never a power
    // cut.
    all.add("--innodb-flush-log-at-trx-commit=2");
    all.add("--sync-binlog=0");
    all.add("--performance-schema=OFF");
    all.add("--mysqlx=OFF");
    all.add("--skip-name-resolve");
    all.addAll(options);
    return all;
  }

  /** The options that must be known when the data folder is made. */
  List<String> shapingOptions() {
    return options.stream().filter(MySqlSettings::isShaping).toList();
  }

  private static boolean isShaping(String option) {
    String name = option.replace('_', '-');
    return SHAPING.stream().anyMatch(shaping -> name.startsWith("--" + shaping));
  }
}
