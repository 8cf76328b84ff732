package io.sluice.cdc.examples.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the objects that an event names, whichever way it came: from S3 itself, through SNS, SQS,
 * SNS and SQS, or EventBridge, also EventBridge and SQS.
 */
final class S3Events {
  private static final JsonMapper MAPPER = new JsonMapper();

  private S3Events() {}

  /**
   * An object.
   *
   * @param bucket its bucket
   * @param key its key, decoded
   */
  record Named(String bucket, String key) {}

  /**
   * Every object that the event says was written; none for a test event and for anything else.
   *
   * @throws IOException when a message inside is no JSON
   */
  static List<Named> of(JsonNode event) throws IOException {
    List<Named> all = new ArrayList<>();
    collect(event, all);
    return all;
  }

  private static void collect(JsonNode event, List<Named> to) throws IOException {
    if (event.path("source").asText().equals("aws.s3")) {
      eventBridge(event, to);
    } else if (event.path("Type").asText().equals("Notification")) {
      collect(MAPPER.readTree(event.path("Message").asText()), to);
    }
    for (JsonNode record : event.path("Records")) {
      if (record.has("s3")) {
        direct(record, to);
      } else if (record.has("Sns")) {
        collect(MAPPER.readTree(record.at("/Sns/Message").asText()), to);
      } else if (record.has("body")) {
        collect(MAPPER.readTree(record.path("body").asText()), to);
      }
    }
  }

  /** Keys are encoded as in a form: a blank is a plus. */
  private static void direct(JsonNode record, List<Named> to) {
    if (record.path("eventName").asText().startsWith("ObjectCreated:")) {
      String key = record.at("/s3/object/key").asText();
      to.add(
          new Named(
              record.at("/s3/bucket/name").asText(),
              URLDecoder.decode(key, StandardCharsets.UTF_8)));
    }
  }

  /** Keys are as they are. */
  private static void eventBridge(JsonNode event, List<Named> to) {
    if (event.path("detail-type").asText().equals("Object Created")) {
      to.add(
          new Named(
              event.at("/detail/bucket/name").asText(), event.at("/detail/object/key").asText()));
    }
  }
}
