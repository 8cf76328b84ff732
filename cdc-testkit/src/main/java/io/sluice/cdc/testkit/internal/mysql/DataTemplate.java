package io.sluice.cdc.testkit.internal.mysql;

import io.sluice.cdc.testkit.internal.process.CacheFolder;
import io.sluice.cdc.testkit.internal.process.Folders;
import io.sluice.cdc.testkit.internal.process.Guard;
import io.sluice.cdc.testkit.internal.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A fresh data folder, made once for each server version and copied for each server: copying takes
 * a tenth of the time.
 */
final class DataTemplate {
  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  private static final String ROOT_SQL =
      """
      ALTER USER 'root'@'localhost' IDENTIFIED BY '%1$s';
      CREATE USER 'root'@'%%' IDENTIFIED BY '%1$s';
      GRANT ALL ON *.* TO 'root'@'%%' WITH GRANT OPTION;
      """
          .formatted(MySqlServer.ROOT_PASSWORD);

  private DataTemplate() {}

  /** Puts a fresh data folder at {@code data}, which must not exist. */
  static void copyTo(Path data, Mysqld mysqld, List<String> shapingOptions) throws IOException {
    String entry = "mysql-data-" + mysqld.version() + "-" + fingerprint(mysqld, shapingOptions);
    Folders.copy(CacheFolder.once(entry, folder -> make(folder, mysqld, shapingOptions)), data);
  }

  private static String fingerprint(Mysqld mysqld, List<String> shapingOptions) throws IOException {
    FileTime changed = Files.getLastModifiedTime(mysqld.binary());
    String all =
        mysqld.binary()
            + "|"
            + changed
            + "|"
            + Files.size(mysqld.binary())
            + "|"
            + shapingOptions
            + ROOT_SQL;
    return Integer.toHexString(all.hashCode());
  }

  private static void make(Path folder, Mysqld mysqld, List<String> shapingOptions)
      throws IOException {
    try (Guard guard = Guard.open("mysql-initialize")) {
      Path data = guard.folder().resolve("data");
      Path sql = Files.writeString(guard.folder().resolve("root.sql"), ROOT_SQL);
      List<String> options = new ArrayList<>(List.of("--initialize-insecure", "--skip-log-bin"));
      options.add("--datadir=" + data);
      options.add("--init-file=" + sql);
      options.addAll(shapingOptions);
      ServerProcess.start(guard, "mysqld", mysqld.command(options), mysqld.environment())
          .awaitSuccess(TIMEOUT);
      Files.delete(data.resolve("auto.cnf")); // every server must have its own server_uuid
      Folders.copy(data, folder);
    }
  }
}
