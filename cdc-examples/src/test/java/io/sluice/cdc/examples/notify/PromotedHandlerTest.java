package io.sluice.cdc.examples.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.cdc.config.PipelineId;
import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.ColumnType;
import io.sluice.cdc.event.LoadChange;
import io.sluice.cdc.event.LogicalType;
import io.sluice.cdc.event.LongVector;
import io.sluice.cdc.event.Operation;
import io.sluice.cdc.event.RowBatch;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.event.TableSchema;
import io.sluice.cdc.event.Transaction;
import io.sluice.cdc.s3.S3Sink;
import io.sluice.cdc.sink.CommitRequest;
import io.sluice.cdc.sink.Stage;
import io.sluice.cdc.testkit.DisposableS3;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Events as AWS sends them, and a notice that a real sink wrote. */
@Tag("servers")
class PromotedHandlerTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String BUCKET = "lake";

  /** A prefix with a blank, as keys are encoded in one way of events and not in the other. */
  private static final String KEY = "raw data/_sluice/shop/promoted/00000000000000000002.json";

  private static final String STATEMENT =
      "ALTER TABLE `shop`.`orders` ADD IF NOT EXISTS PARTITION (dt = '2026-03-04') LOCATION"
          + " 's3://lake/raw data/shop/orders/dt=2026-03-04/'";

  private static DisposableS3 server;
  private static S3Client s3;

  private final List<String> ran = new ArrayList<>();

  @BeforeAll
  static void commitSomething() throws Exception {
    server = DisposableS3.open();
    server.createBucket(BUCKET);
    server.createBucket("lake-tmp");
    s3 =
        S3Client.builder()
            .endpointOverride(server.endpoint())
            .region(Region.of(server.region()))
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(server.accessKey(), server.secretKey())))
            .build();
    try (S3Sink sink =
        S3Sink.builder()
            .endpoint(server.endpoint())
            .region(server.region())
            .pathStyle(true)
            .credentials(server.accessKey(), server.secretKey())
            .finalLocation("s3://" + BUCKET + "/raw data")
            .temporaryLocation("s3://lake-tmp/sluice")
            .build()) {
      sink.open(new PipelineId("shop"));
      Stage stage = sink.stage();
      stage.write(rows());
      sink.commit(
          stage, new CommitRequest(null, 1, 3, false, List.of(), LoadChange.NONE, List.of()));
    }
  }

  @AfterAll
  static void stop() {
    s3.close();
    server.close();
  }

  @Test
  void takesTheEventWhicheverWayItComes() throws Exception {
    String direct = filled("s3.json");
    for (String event :
        List.of(
            direct,
            // Fields are only ever added within version 2.
            direct.replace("\"2.1\"", "\"2.6\""),
            text("sns.json").replace("@s3@", quoted(direct)),
            text("sqs.json").replace("@body@", quoted(direct)),
            text("sqs.json")
                .replace("@body@", quoted(text("sns-in-sqs.json").replace("@s3@", quoted(direct)))),
            filled("eventbridge.json"),
            text("sqs.json").replace("@body@", quoted(filled("eventbridge.json"))))) {
      ran.clear();
      JsonNode answer = handle(event);
      assertThat(ran).as(event).containsExactly(STATEMENT);
      assertThat(answer.at("/commits/0").asLong()).isEqualTo(2);
      assertThat(answer.at("/statements/0").asText()).isEqualTo(STATEMENT);
    }
  }

  @Test
  void anEventThatComesAgainDoesTheSameAgain() throws Exception {
    JsonNode first = handle(filled("s3.json"));
    assertThat(handle(filled("s3.json"))).isEqualTo(first);
    assertThat(ran).containsExactly(STATEMENT, STATEMENT);
  }

  @Test
  void testEventsAndOtherObjectsAreIgnored() throws Exception {
    assertThat(handle(filled("test-event.json")).path("commits")).isEmpty();
    assertThat(handle(filled("s3.json").replace("/promoted/", "/log/")).path("commits")).isEmpty();
    assertThat(handle(filled("s3.json").replace("ObjectCreated:Put", "ObjectRemoved:Delete")))
        .isEqualTo(handle(filled("test-event.json")));
    assertThat(ran).isEmpty();
  }

  @Test
  void aNoticeThatCannotBeReadFailsSoThatTheEventComesAgain() {
    assertThatThrownBy(
            () -> handle(filled("s3.json").replace("00000000000000000002", "00000000000000000009")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Cannot read s3://lake/raw data/_sluice/shop/promoted/");
  }

  private JsonNode handle(String event) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    new PromotedHandler(s3, new AddPartitions(ran::add))
        .handleRequest(
            new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, null);
    return MAPPER.readTree(answer.toByteArray());
  }

  private static RowBatch rows() {
    TableSchema table =
        new TableSchema(
            new TableName("shop", "orders"),
            List.of(new Column("id", "bigint", ColumnType.of(LogicalType.INT64), false)),
            List.of("id"));
    RowBatch batch = new RowBatch(table, RowBatch.Kind.CHANGE);
    long micros = Instant.parse("2026-03-04T05:06:07Z").toEpochMilli() * 1000;
    for (int i = 1; i <= 3; i++) {
      ((LongVector) batch.column(0)).append(i);
      batch.endRow(Operation.INSERT, i, new Transaction("uuid:" + i, micros));
    }
    return batch;
  }

  private static String filled(String name) throws IOException {
    return text(name)
        .replace("@bucket@", BUCKET)
        .replace("@key@", KEY)
        .replace(
            "@encodedKey@", URLEncoder.encode(KEY, StandardCharsets.UTF_8).replace("%2F", "/"));
  }

  /** As it stands inside a text of JSON. */
  private static String quoted(String json) throws IOException {
    String text = MAPPER.writeValueAsString(json);
    return text.substring(1, text.length() - 1);
  }

  private static String text(String name) throws IOException {
    try (InputStream in = PromotedHandlerTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
