package io.sluice.cdc.internal.load;

import io.sluice.cdc.config.LoadConfig;
import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.config.TlsMode;
import io.sluice.cdc.config.TypesConfig;
import io.sluice.cdc.internal.mysql.Catalog;
import io.sluice.cdc.internal.mysql.MySqlConnections;
import java.sql.Connection;

/** Loads a database of very long values in a JVM of its own, whose heap the caller has chosen. */
final class LargeRowsMain {
  private LargeRowsMain() {}

  public static void main(String[] args) throws Exception {
    SourceConfig source =
        SourceConfig.builder()
            .host(args[0])
            .port(Integer.parseInt(args[1]))
            .user(args[2])
            .password(args[3])
            .tls(TlsMode.DISABLED)
            .include("d.*")
            .build();
    RecordingOutput output = new RecordingOutput().countOnly();
    FullLoad load =
        new FullLoad(source, LoadConfig.DEFAULT, TypesConfig.DEFAULT, output, LoadListener.NONE);
    try (Connection connection = new MySqlConnections(source).open()) {
      load.run(new Catalog(source, TypesConfig.DEFAULT).read(connection), output.state());
    }
    System.exit(output.counted() == 3 ? 0 : 1);
  }
}
