package io.sluice.cdc.examples;

import static io.sluice.cdc.examples.PlantedSecrets.SECRET;
import static io.sluice.cdc.examples.PlantedSecrets.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.config.Protection;
import io.sluice.cdc.config.ProtectionConfig;
import io.sluice.cdc.config.ProtectionRule;
import io.sluice.cdc.error.ConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every action on every type: by load and by stream alike, or refused by the column's name. */
@Tag("servers")
class EveryActionTest {
  private static final String SESSION =
      "SET sql_mode = 'ALLOW_INVALID_DATES', time_zone = '+00:00'";

  private static final Map<String, Protection> ACTIONS = new LinkedHashMap<>();

  private static PipelineWorld world;

  @BeforeAll
  static void open() {
    world = PipelineWorld.open();
  }

  @AfterAll
  static void close() {
    world.close();
  }

  static {
    ACTIONS.put("kept", Protection.keep());
    ACTIONS.put("hashed", Protection.hash());
    ACTIONS.put("masked", Protection.mask(2));
    ACTIONS.put("redacted", Protection.redact());
    ACTIONS.put("constant", Protection.redact("gone"));
    ACTIONS.put("truncated", Protection.truncate(2));
    ACTIONS.put("dropped", Protection.drop());
  }

  @ParameterizedTest
  @ValueSource(strings = {"numbers", "times", "text", "json", "geometry", "charsets"})
  void loadAndStreamGiveTheSameAndWhatCannotBeIsRefused(String name) throws Exception {
    TypeCases cases = TypeCases.read(name);
    fill(cases);
    List<ProtectionRule> rules = new ArrayList<>(List.of(rule("*.*.id", Protection.keep())));
    List<String> refused = new ArrayList<>();
    ACTIONS.forEach((table, action) -> rules.addAll(rules(cases, table, action, refused)));
    everythingElseIsRefused(name, refused);

    try (CdcPipeline load = pipeline(name, rules).build()) {
      load.stopWhenCaughtUp();
      load.start();
      load.awaitEnd();
    }
    List<String> changes = new ArrayList<>(List.of(SESSION));
    for (String table : ACTIONS.keySet()) {
      changes.add(
          "INSERT INTO shop.%s SELECT id + 1000, touched, %s FROM shop.%s"
              .formatted(table, cases.names(), table));
    }
    world.follow(pipeline(name, rules), changes.toArray(String[]::new));
    for (String table : ACTIONS.keySet()) {
      same(name, table, cases.rows());
    }
  }

  private static void fill(TypeCases cases) throws Exception {
    List<String> statements =
        new ArrayList<>(
            List.of(
                SESSION,
                "DROP DATABASE IF EXISTS shop",
                "CREATE DATABASE shop CHARACTER SET utf8mb4"));
    for (String table : ACTIONS.keySet()) {
      TypeCases own = new TypeCases(table, cases.columns());
      statements.add(own.create("shop"));
      for (int n = 0; n < cases.rows(); n++) {
        statements.add(own.insert("shop", n));
      }
    }
    world.mysql().execute(statements.toArray(String[]::new));
  }

  private static void same(String id, String table, int rows) throws Exception {
    String columns = "id % 1000, * EXCLUDE (id, _cdc_op, _cdc_seq, _cdc_ts, _cdc_tx)";
    List<String> loaded =
        world.read(id, "shop/" + table, columns, "_cdc_op = 'r' ORDER BY id % 1000");
    assertThat(world.read(id, "shop/" + table, columns, "_cdc_op = 'c' ORDER BY id % 1000"))
        .as(table)
        .hasSize(rows)
        .isEqualTo(loaded);
  }

  /** The rules of the types that an action is for; the others are noted. */
  private static List<ProtectionRule> rules(
      TypeCases cases, String table, Protection action, List<String> refused) {
    List<ProtectionRule> rules = new ArrayList<>();
    for (int i = 0; i < cases.columns().size(); i++) {
      String duck = cases.columns().get(i).duck();
      boolean fits =
          switch (action.action()) {
            case KEEP, HASH, REDACT, DROP -> true;
            case MASK -> !duck.equals("BLOB");
            case TRUNCATE -> duck.equals("BLOB") || duck.equals("VARCHAR");
          };
      if (fits) {
        rules.add(rule("shop." + table + ".c" + i, action));
      } else {
        refused.add(table + ".c" + i);
      }
    }
    return rules;
  }

  private static void everythingElseIsRefused(String id, List<String> refused) {
    List<ProtectionRule> wrong =
        Stream.concat(
                refused.stream()
                    .map(
                        column ->
                            rule(
                                "shop." + column,
                                ACTIONS.get(column.substring(0, column.indexOf('.'))))),
                ACTIONS.entrySet().stream()
                    .filter(a -> !List.of("kept", "hashed").contains(a.getKey()))
                    .map(a -> rule("shop." + a.getKey() + ".id", a.getValue())))
            .toList();
    Throwable failure =
        catchThrowable(
            () -> {
              try (CdcPipeline pipeline = pipeline(id, wrong).build()) {
                pipeline.start();
                pipeline.awaitEnd();
              }
            });
    assertThat(failure).isInstanceOf(ConfigurationException.class);
    for (String column : refused) {
      assertThat(failure).hasMessageContaining("does not fit shop." + column + " (");
    }
    ACTIONS.keySet().stream()
        .filter(t -> !List.of("kept", "hashed").contains(t))
        .forEach(t -> assertThat(failure).hasMessageContaining("does not fit shop." + t + ".id ("));
  }

  private static CdcPipeline.Builder pipeline(String id, List<ProtectionRule> rules) {
    return world
        .pipeline(id)
        .protection(ProtectionConfig.NONE.withColumns(rules).withSecret(SECRET));
  }
}
