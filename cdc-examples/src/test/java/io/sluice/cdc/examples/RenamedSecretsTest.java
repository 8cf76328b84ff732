package io.sluice.cdc.examples;

import static io.sluice.cdc.examples.PlantedSecrets.rule;
import static io.sluice.cdc.examples.PlantedSecrets.rules;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.config.Protection;
import io.sluice.cdc.config.ProtectionConfig;
import io.sluice.cdc.error.ConfigurationException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A protected column stays hidden under whatever name it comes back. */
@Tag("servers")
class RenamedSecretsTest {
  /** The rule goes on to match a column of another table, so that the start does not refuse it. */
  private static final ProtectionConfig DROPS = rules(rule("*.*.mail", Protection.drop()));

  @RegisterExtension static final PlantedSecrets secrets = new PlantedSecrets();

  @BeforeEach
  void begin() throws Exception {
    secrets.begin(
        "CREATE TABLE shop.others (id INT PRIMARY KEY, mail VARCHAR(40))",
        "INSERT INTO shop.others VALUES (1, 'secret-0')",
        "CREATE TABLE shop.people (id INT PRIMARY KEY, mail VARCHAR(40), note VARCHAR(40), n INT)",
        "INSERT INTO shop.people VALUES (1, 'secret-1', 'open', 1)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE shop.people RENAME COLUMN mail TO email",
        "ALTER TABLE shop.people CHANGE `mail` `email` VARCHAR(60) FIRST",
        "ALTER TABLE shop.people DROP COLUMN mail, ADD COLUMN email VARCHAR(40)"
      })
  void aDroppedColumnThatComesBackUnderAnotherNameWhileNoProcessRunsIsHidden(String alter)
      throws Exception {
    String id = "stopped-" + Math.floorMod(alter.hashCode(), 1000);
    secrets.catchUp(secrets.pipeline(id, DROPS));
    secrets.execute(alter, "INSERT INTO shop.people (id, email, n) VALUES (2, 'secret-2', 2)");
    secrets.catchUp(secrets.pipeline(id, DROPS));
    assertThat(secrets.transcript().lines)
        .anyMatch(line -> line.contains("Column shop.people.email is new"));
    secrets.execute("UPDATE shop.people SET email = 'secret-3', n = 3");
    secrets.catchUp(secrets.pipeline(id, DROPS));
    secrets.execute(
        "ALTER TABLE shop.people ADD COLUMN more INT",
        "UPDATE shop.people SET email = 'secret-4', n = 4");
    secrets.catchUp(secrets.pipeline(id, DROPS));
    secrets.execute(
        "ALTER TABLE shop.people RENAME COLUMN email TO post, RENAME COLUMN more TO most",
        "UPDATE shop.people SET post = 'secret-5', n = 5");
    secrets.catchUp(secrets.pipeline(id, DROPS));
    secrets.noneOf(List.of("secret-"), id);
    assertThat(secrets.world().read(id, "shop/people", "post, most", "n = 5"))
        .containsOnly("NULL|NULL");

    ProtectionConfig open =
        rules(rule("*.*.mail", Protection.drop()), rule("shop.people.*", Protection.keep()));
    secrets.catchUp(secrets.pipeline(id, open));
    secrets.execute("UPDATE shop.people SET post = 'open-6', n = 6");
    secrets.catchUp(secrets.pipeline(id, open));
    assertThat(secrets.world().read(id, "shop/people", "post", "n = 6")).containsOnly("open-6");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE shop.people RENAME COLUMN mail TO email, ADD COLUMN mail VARCHAR(40)",
        "ALTER TABLE shop.people RENAME COLUMN mail TO note, RENAME COLUMN note TO mail",
        "ALTER TABLE shop.people DROP COLUMN note, CHANGE COLUMN mail note VARCHAR(40)",
        "ALTER TABLE shop.people CHANGE mail MAIL VARCHAR(40)",
        "ALTER TABLE shop.people RENAME COLUMN mail TO email; ALTER TABLE shop.people ADD COLUMN mail VARCHAR(40)",
        "ALTER TABLE shop.people ADD COLUMN x INT NOT NULL;"
            + " ALTER TABLE shop.people RENAME COLUMN mail TO email, ADD COLUMN mail VARCHAR(40)",
        "ALTER TABLE shop.people CHANGE mail email VARCHAR(40), RENAME TO shop.persons;"
            + " ALTER TABLE shop.persons RENAME TO shop.people"
      })
  void aNameThatIsTakenByAnotherColumnExposesNothing(String alters) throws Exception {
    String id = "taken-" + Math.floorMod(alters.hashCode(), 1000);
    for (boolean running : new boolean[] {true, false}) {
      begin();
      Protection protection = running ? Protection.hash() : Protection.drop();
      String run = id + "-" + protection;
      secrets.catchUp(pipeline(run, protection));
      if (running) {
        secrets.world().follow(pipeline(run, protection), statements(alters));
      } else {
        secrets.execute(statements(alters));
        secrets.catchUp(pipeline(run, protection));
      }
      secrets.execute("UPDATE shop.people SET n = 9");
      secrets.catchUp(pipeline(run, protection));
      secrets.noneOf(List.of("secret-"), run);
      assertThat(secrets.world().read(run, "shop/people", "n", "n = 9")).isNotEmpty();
    }
  }

  @Test
  void aColumnThatMySqlMakesOfAProtectedOneIsHiddenAndNeedsARule() throws Exception {
    CdcPipeline.Builder pipeline = pipeline("derived", Protection.hash());
    secrets.catchUp(pipeline("derived", Protection.hash()));
    secrets
        .world()
        .follow(
            pipeline,
            "ALTER TABLE shop.people ADD COLUMN lower_mail VARCHAR(40) AS (lower(mail)) STORED",
            "ALTER TABLE shop.others ADD COLUMN copy VARCHAR(40)",
            "INSERT INTO shop.others (id, copy) VALUES (3, 'open')",
            "ALTER TABLE shop.others MODIFY COLUMN copy VARCHAR(40) DEFAULT (concat(mail, ''))",
            "CREATE TABLE shop.later (id INT PRIMARY KEY, mail VARCHAR(40), m VARCHAR(40) AS (upper(mail)))",
            "INSERT INTO shop.people (id, mail, n) VALUES (2, 'secret-2', 2)",
            "INSERT INTO shop.others (id, mail) VALUES (2, 'secret-2')",
            "INSERT INTO shop.later (id, mail) VALUES (2, 'secret-2')");
    secrets.noneOf(List.of("secret-", "SECRET-"), "derived");
    assertThat(secrets.world().read("derived", "shop/people", "lower_mail", "id = 2"))
        .contains("NULL");
    for (String id : List.of("derived", "derived-new")) {
      assertThatThrownBy(() -> secrets.catchUp(pipeline(id, Protection.hash())))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("'shop.people.lower_mail' of mail, which is protected")
          .hasMessageContaining("'shop.others.copy' of mail, which is protected")
          .hasMessageContaining("'shop.later.m' of mail, which is protected");
    }
    ProtectionConfig rules =
        rules(
            rule("*.*.mail", Protection.hash()),
            rule("*.*.copy", Protection.drop()),
            rule("*.later.m", Protection.mask(1)),
            rule("*.*.lower_mail", Protection.redact()));
    secrets.catchUp(secrets.pipeline("derived", rules));
    secrets.noneOf(List.of("secret-", "SECRET-"), "derived");
  }

  private static CdcPipeline.Builder pipeline(String id, Protection protection) {
    return secrets.pipeline(id, rules(rule("*.*.mail", protection)));
  }

  /** The statements, and each text of all rows changed after them. */
  private static String[] statements(String alters) {
    return (alters + "; UPDATE shop.people SET n = 2").split(";");
  }
}
