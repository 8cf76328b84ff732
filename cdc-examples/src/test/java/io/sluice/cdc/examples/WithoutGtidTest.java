package io.sluice.cdc.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.error.CdcException;
import io.sluice.cdc.testkit.DisposableMySql;
import io.sluice.cdc.testkit.check.CheckReport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Without GTID a position of one server, or of one history, must never be taken for another's. */
@Tag("servers")
class WithoutGtidTest {
  private static final String[] TABLE = {
    "CREATE DATABASE shop", "CREATE TABLE shop.t (id INT PRIMARY KEY AUTO_INCREMENT, a INT)"
  };

  @Test
  void anotherServerBehindTheNameIsNamed() throws Exception {
    try (PipelineWorld world = PipelineWorld.withoutGtid();
        DisposableMySql other = DisposableMySql.builder().gtid(false).open()) {
      world.mysql().execute(TABLE);
      other.execute(TABLE);
      world.catchUp("moved");
      for (int i = 0; i < 20; i++) {
        other.execute("INSERT INTO shop.t (a) VALUES (1)");
      }
      SourceConfig source =
          SourceConfig.builder()
              .host(other.host())
              .port(other.port())
              .user(other.rootUser())
              .password(other.rootPassword())
              .include("shop.*")
              .build();
      assertThatThrownBy(() -> catchUp(world.pipeline("moved").source(source)))
          .isInstanceOf(CdcException.class)
          .hasMessageContaining("is another one than before (server_uuid was");
    }
  }

  @Test
  void aBinlogThatWasResetIsNamedWhereverTheNewOneEnds() throws Exception {
    try (PipelineWorld world = PipelineWorld.withoutGtid()) {
      world.mysql().execute(TABLE);
      world.catchUp("reset");
      world.mysql().execute("INSERT INTO shop.t (a) VALUES (1), (2)");
      world.catchUp("reset");
      world.mysql().resetBinlog();
      assertThatThrownBy(() -> world.catchUp("reset"))
          .isInstanceOf(CdcException.class)
          .hasMessageContaining("before the committed position");
      for (int i = 0; i < 100; i++) {
        world.mysql().execute("INSERT INTO shop.t (a) VALUES (" + i + ")");
      }
      assertThatThrownBy(() -> world.catchUp("reset"))
          .isInstanceOf(CdcException.class)
          .hasMessageContaining("it was reset")
          .hasMessageContaining("under a new id");
    }
  }

  @Test
  void filesThatFollowEachOtherAreNotTakenForOthers() throws Exception {
    try (PipelineWorld world = PipelineWorld.withoutGtid()) {
      world.mysql().execute(TABLE);
      world.catchUp("rotated");
      for (int i = 0; i < 3; i++) {
        world.mysql().execute("INSERT INTO shop.t (a) VALUES (1)", "FLUSH BINARY LOGS");
        Thread.sleep(1100); // ages are in seconds
        world.mysql().execute("INSERT INTO shop.t (a) VALUES (2)");
        world.catchUp("rotated");
      }
      world.mysql().restart();
      world.mysql().execute("INSERT INTO shop.t (a) VALUES (3)");
      world.catchUp("rotated");
      CheckReport report = world.check("rotated");
      assertThat(report.equal()).as(report.inWords()).isTrue();
    }
  }

  private static void catchUp(CdcPipeline.Builder builder) throws InterruptedException {
    try (CdcPipeline pipeline = builder.build()) {
      pipeline.stopWhenCaughtUp();
      pipeline.start();
      pipeline.awaitEnd();
    }
  }
}
