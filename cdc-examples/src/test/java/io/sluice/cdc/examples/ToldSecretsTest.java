package io.sluice.cdc.examples;

import static io.sluice.cdc.examples.PlantedSecrets.SECRET;
import static io.sluice.cdc.examples.PlantedSecrets.rule;
import static io.sluice.cdc.examples.PlantedSecrets.rules;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.config.ColumnRule;
import io.sluice.cdc.config.Protection;
import io.sluice.cdc.config.ProtectionConfig;
import io.sluice.cdc.config.TypesConfig;
import io.sluice.cdc.event.CarryAs;
import io.sluice.cdc.event.ZeroDates;
import io.sluice.cdc.status.CommitInfo;
import io.sluice.cdc.status.LoadProgress;
import io.sluice.cdc.status.PipelineListener;
import io.sluice.cdc.status.PipelineState;
import io.sluice.cdc.testkit.check.CheckReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is told beside the files: errors, states, plans, checks, metrics. */
@Tag("servers")
class ToldSecretsTest {
  @RegisterExtension static final PlantedSecrets secrets = new PlantedSecrets();

  @BeforeEach
  void begin() throws Exception {
    secrets.begin(
        "CREATE TABLE shop.people (id INT PRIMARY KEY, mail VARCHAR(40), born DATE, code BIGINT UNSIGNED, n INT)");
  }

  @Test
  void aDateThatStopsThePipelineIsNotTold() throws Exception {
    TypesConfig types = TypesConfig.DEFAULT.withZeroDates(ZeroDates.FAIL);
    ProtectionConfig protection = rules(rule("*.*.born", Protection.hash()));
    secrets.catchUp(secrets.pipeline("dates", protection).types(types));
    secrets.execute(
        "SET SESSION sql_mode = ''", "INSERT INTO shop.people (id, born) VALUES (1, '1977-07-00')");
    for (String id : List.of("dates", "dates-load")) {
      CdcPipeline.Builder pipeline = secrets.pipeline(id, protection).types(types);
      assertThatThrownBy(() -> secrets.catchUp(pipeline))
          .hasMessageContaining("shop.people.born holds a date which no calendar has")
          .satisfies(e -> assertThat(trace(e)).doesNotContain("1977"));
      secrets.noneOf(List.of("1977-07"), id);
    }
    for (ProtectionConfig open :
        List.of(ProtectionConfig.NONE, rules(rule("*.*.*", Protection.keep())))) {
      CdcPipeline.Builder pipeline =
          secrets.pipeline("dates-" + open.columns().size(), open).types(types);
      assertThatThrownBy(() -> secrets.catchUp(pipeline))
          .hasMessageContaining("shop.people.born holds the date 1977-07-00");
    }
  }

  @Test
  void aNumberThatDoesNotFitIsNotTold() throws Exception {
    TypesConfig types =
        TypesConfig.DEFAULT.withColumns(List.of(new ColumnRule("*.*.code", CarryAs.INT64)));
    ProtectionConfig protection = rules(rule("*.*.code", Protection.mask(2)));
    secrets.catchUp(secrets.pipeline("codes", protection).types(types));
    secrets.execute("INSERT INTO shop.people (id, code) VALUES (1, 18446744073709550123)");
    for (String id : List.of("codes", "codes-load")) {
      CdcPipeline.Builder pipeline = secrets.pipeline(id, protection).types(types);
      Throwable failure = catchThrowable(() -> secrets.catchUp(pipeline));
      assertThat(failure)
          .hasMessageContaining("shop.people.code holds a value, which does not fit");
      assertThat(trace(failure)).doesNotContain("18446744073709550123");
      secrets.noneOf(List.of("18446744073709550123"), id);
    }
  }

  @Test
  void statesEventsPlansAndMetricsTellNoValue() throws Exception {
    secrets.execute(
        "INSERT INTO shop.people VALUES (1, 'secret-mail', '1977-07-07', 4929555577778888, 1)",
        "ALTER TABLE shop.people ADD COLUMN late VARCHAR(40) DEFAULT 'open-default'");
    ProtectionConfig protection =
        rules(
            rule("*.*.mail", Protection.hash()),
            rule("*.*.born", Protection.redact("secret-constant")),
            rule("*.*.code", Protection.mask(4)));
    Queue<String> told = new ConcurrentLinkedQueue<>();
    try (CdcPipeline pipeline = secrets.pipeline("told", protection).build()) {
      told.add(pipeline.plan().toString());
    }
    CdcPipeline.Builder builder = secrets.pipeline("told", protection).listener(listener(told));
    try (CdcPipeline pipeline = builder.build()) {
      pipeline.start();
      await().until(() -> pipeline.status().state() == PipelineState.STREAMING);
      secrets.execute(
          "UPDATE shop.people SET mail = 'secret-mail-2', n = 2",
          "INSERT INTO shop.people (id, mail, n) VALUES (2, 'secret-mail', 1)");
      await().until(() -> pipeline.status().rows().changes() == 2);
      told.addAll(metrics());
      Thread.getAllStackTraces().keySet().forEach(thread -> told.add(thread.getName()));
      told.add(pipeline.status() + " " + pipeline + " " + builder + " " + protection);
    }
    assertThat(told)
        .noneMatch(text -> text.contains("secret-"))
        .noneMatch(text -> text.contains("492955557777"))
        .noneMatch(text -> text.contains("a secret of the test"));
    assertThat(told).anyMatch(text -> text.contains("hash (columns)"));
    secrets.noneOf(List.of("secret-mail", "492955557777", "a secret of the test"), "told");
  }

  @Test
  void aCheckTellsNoValueAlsoWhereOnlyTheRuleProtectsIt() throws Exception {
    secrets.execute("INSERT INTO shop.people (id, mail, n) VALUES (1, 'secret-old', 1)");
    secrets.catchUp(secrets.pipeline("checked", ProtectionConfig.NONE));
    secrets.execute("UPDATE shop.people SET mail = 'secret-new', n = 2");
    CheckReport report =
        secrets
            .world()
            .checker("checked")
            .untold((d, t, column) -> column.equals("mail"))
            .build()
            .check();
    assertThat(report.inWords())
        .contains("column n: expected '2', found '1'")
        .doesNotContain("secret-");
    assertThat(report.notes()).anyMatch(note -> note.contains("shop.people.mail is protected"));
    CheckReport keyed =
        secrets
            .world()
            .checker("checked")
            .untold((d, t, column) -> column.equals("id"))
            .build()
            .check();
    assertThat(keyed.inWords()).doesNotContain("id=");
    assertThat(keyed.notes()).anyMatch(note -> note.contains("protected key"));
  }

  @Test
  void noTextFormOfASettingTellsASecret() {
    ProtectionConfig protection = rules(rule("*.*.mail", Protection.redact("secret-constant")));
    assertThat(
            List.of(
                SECRET.toString(),
                protection.toString(),
                secrets.world().source().password("planted-password").build().toString(),
                secrets.world().sink("texts").credentials("access", "planted-key").toString(),
                secrets
                    .world()
                    .sink("texts")
                    .credentials("access", "planted-key")
                    .build()
                    .toString(),
                secrets.pipeline("texts", protection).toString()))
        .noneMatch(text -> text.contains("a secret of the test"))
        .noneMatch(text -> text.contains("secret-constant"))
        .noneMatch(text -> text.contains("planted-"));
  }

  /** Every attribute of every bean that the engine and the pool register. */
  private static List<String> metrics() throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    Queue<String> texts = new ConcurrentLinkedQueue<>();
    for (ObjectName name : server.queryNames(null, null)) {
      if (name.getDomain().startsWith("java") || name.getDomain().startsWith("com.sun")) {
        continue;
      }
      for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
        try {
          texts.add(
              name
                  + " "
                  + attribute.getName()
                  + " "
                  + server.getAttribute(name, attribute.getName()));
        } catch (Exception e) {
          texts.add(name + " " + attribute.getName() + " " + e);
        }
      }
    }
    return List.copyOf(texts);
  }

  private static PipelineListener listener(Queue<String> told) {
    return new PipelineListener() {
      @Override
      public void loadProgress(LoadProgress progress) {
        told.add(progress.toString());
      }

      @Override
      public void committed(CommitInfo commit) {
        told.add(commit.toString());
      }

      @Override
      public void ended(@Nullable Throwable failure) {
        told.add(String.valueOf(failure));
      }
    };
  }

  private static String trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
