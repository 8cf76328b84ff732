package io.sluice.cdc.examples;

import static io.sluice.cdc.examples.PlantedSecrets.rule;
import static io.sluice.cdc.examples.PlantedSecrets.rules;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.config.NewColumns;
import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.config.Protection;
import io.sluice.cdc.config.ProtectionConfig;
import io.sluice.cdc.error.ConfigurationException;
import io.sluice.cdc.event.RowBatch;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.s3.S3Sink;
import io.sluice.cdc.sink.CommitOutcome;
import io.sluice.cdc.sink.CommitRequest;
import io.sluice.cdc.sink.ResumePoint;
import io.sluice.cdc.sink.Sink;
import io.sluice.cdc.sink.SinkLook;
import io.sluice.cdc.sink.Stage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A protected column is hidden in every table into which it is renamed or copied. */
@Tag("servers")
class CopiedSecretsTest {
  private static final AtomicInteger RUNS = new AtomicInteger();

  @RegisterExtension static final PlantedSecrets secrets = new PlantedSecrets();

  @BeforeEach
  void begin() throws Exception {
    secrets.begin(
        "CREATE TABLE shop.people2 (x INT PRIMARY KEY, mail VARCHAR(40))",
        "CREATE TABLE shop.people (id INT PRIMARY KEY, mail VARCHAR(40), n INT)",
        "INSERT INTO shop.people VALUES (1, 'secret-1', 1)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RENAME TABLE shop.people TO shop.clients",
        "ALTER TABLE shop.people RENAME TO shop.clients, CHANGE mail email VARCHAR(40)",
        "CREATE TABLE shop.clients LIKE shop.people; INSERT INTO shop.clients SELECT * FROM shop.people",
        "CREATE TABLE shop.clients (n INT, mail TEXT, id BIGINT, more INT);"
            + " INSERT INTO shop.clients SELECT n, mail, id, 1 FROM shop.people",
        "CREATE TABLE shop._people_gho LIKE shop.people;"
            + " ALTER TABLE shop._people_gho CHANGE mail email VARCHAR(40), ADD COLUMN more INT;"
            + " INSERT INTO shop._people_gho (id, email, n) SELECT id, mail, n FROM shop.people;"
            + " RENAME TABLE shop.people TO shop._people_del, shop._people_gho TO shop.people",
        "CREATE TABLE shop._people_new LIKE shop.people; ALTER TABLE shop._people_new ADD COLUMN more INT;"
            + " INSERT INTO shop._people_new (id, mail, n) SELECT id, mail, n FROM shop.people;"
            + " RENAME TABLE shop.people TO shop._people_old, shop._people_new TO shop.people;"
            + " DROP TABLE shop._people_old",
        "DROP TABLE shop.people; CREATE TABLE shop.people (id INT PRIMARY KEY, email VARCHAR(40), n INT);"
            + " INSERT INTO shop.people VALUES (1, 'secret-again', 1)",
      })
  void anotherTableShowsNothing(String statements) throws Exception {
    for (NewColumns choice : List.of(NewColumns.KEEP, NewColumns.REDACT)) {
      for (boolean running : new boolean[] {true, false}) {
        begin();
        String id = "copied-" + RUNS.incrementAndGet();
        // The pattern goes on to match people2, so that the start does not refuse it.
        ProtectionConfig protection =
            rules(rule("shop.people*.mail", running ? Protection.hash() : Protection.drop()))
                .withNewColumns(choice);
        secrets.catchUp(secrets.pipeline(id, protection));
        if (running) {
          secrets.world().follow(secrets.pipeline(id, protection), statements.split(";"));
        } else {
          secrets.execute(statements.split(";"));
        }
        secrets.catchUp(secrets.pipeline(id, protection));
        secrets.execute(changes());
        secrets.catchUp(secrets.pipeline(id, protection));
        secrets.noneOf(List.of("secret-"), id);
        assertThat(secrets.world().read(id, "shop/*", "n", "n = 7")).isNotEmpty();
      }
    }
  }

  @Test
  void aProcessThatDiesBeforeItLoadsTheCopyLeavesItHidden() throws Exception {
    ProtectionConfig protection = rules(rule("shop.people*.mail", Protection.redact()));
    secrets.catchUp(secrets.pipeline("died", protection));
    secrets.execute("RENAME TABLE shop.people TO shop.clients");
    for (int i = 0; i < 2; i++) {
      Sink dies = new DyingSink(secrets.world().sink("died").build());
      assertThatThrownBy(() -> secrets.catchUp(secrets.pipeline("died", protection).sink(dies)))
          .hasMessageContaining("dies");
    }
    secrets.catchUp(secrets.pipeline("died", protection));
    secrets.noneOf(List.of("secret-"), "died");
    assertThat(secrets.world().read("died", "shop/clients", "n", "_cdc_op = 'r'"))
        .containsExactly("1");
  }

  @Test
  void aProtectedKeyCannotBeHiddenInACopyAndStopsThePipeline() throws Exception {
    ProtectionConfig protection =
        rules(rule("shop.people.id", Protection.hash()), rule("shop.*.mail", Protection.hash()));
    secrets.catchUp(secrets.pipeline("key", protection));
    secrets.execute("CREATE TABLE shop.clients LIKE shop.people");
    assertThatThrownBy(() -> secrets.catchUp(secrets.pipeline("key", protection)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(
            "column 'shop.clients.id' is new, and its table looks like shop.people")
        .hasMessageContaining("{ match: \"shop.clients.id\", action: keep }");
  }

  @Test
  void aTableThatIsLoadedAgainIsProtectedAsBefore() throws Exception {
    ProtectionConfig protection =
        rules(rule("*.*.mail", Protection.hash())).withNewColumns(NewColumns.REDACT);
    secrets.catchUp(secrets.pipeline("again", protection));
    secrets.execute(
        "ALTER TABLE shop.people ADD COLUMN phone VARCHAR(40)",
        "UPDATE shop.people SET phone = 'secret-phone'");
    try (S3Sink sink = secrets.world().sink("again").build()) {
      sink.requestReload(new PipelineId("again"), new TableName("shop", "people"));
    }
    secrets.catchUp(secrets.pipeline("again", protection));
    secrets.execute("UPDATE shop.people SET n = 7, phone = 'secret-later'");
    secrets.catchUp(secrets.pipeline("again", protection));
    secrets.noneOf(List.of("secret-"), "again");
    assertThat(secrets.world().read("again", "shop/people", "phone", "n = 7"))
        .containsExactly("NULL");
  }

  /** A change in every table with n that there is now. */
  private static String[] changes() throws Exception {
    List<String> changes = new ArrayList<>();
    try (Connection connection = secrets.world().mysql().connect();
        ResultSet tables =
            connection
                .createStatement()
                .executeQuery(
                    "SELECT TABLE_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = 'shop' AND COLUMN_NAME = 'n'")) {
      while (tables.next()) {
        changes.add("UPDATE shop." + tables.getString(1) + " SET n = 7");
        changes.add("DELETE FROM shop." + tables.getString(1));
      }
    }
    return changes.toArray(String[]::new);
  }

  /** Takes no row. */
  private record DyingSink(Sink sink) implements Sink {
    @Override
    public ResumePoint open(PipelineId pipeline) throws InterruptedException {
      return sink.open(pipeline);
    }

    @Override
    public @Nullable SinkLook look(PipelineId pipeline) throws InterruptedException {
      return sink.look(pipeline);
    }

    @Override
    public Stage stage() {
      Stage stage = sink.stage();
      return new Stage() {
        @Override
        public void write(RowBatch rows) {
          throw new IllegalStateException("dies");
        }

        @Override
        public void finish() throws InterruptedException {
          stage.finish();
        }

        @Override
        public long rows() {
          return stage.rows();
        }

        @Override
        public long bytes() {
          return stage.bytes();
        }

        @Override
        public void discard() {
          stage.discard();
        }
      };
    }

    @Override
    public CommitOutcome commit(Stage stage, CommitRequest request) throws InterruptedException {
      Stage none = sink.stage();
      none.finish();
      return sink.commit(none, request);
    }

    @Override
    public void close() {
      sink.close();
    }
  }
}
