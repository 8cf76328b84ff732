package io.sluice.cdc.s3.internal.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.cdc.error.StateException;
import io.sluice.cdc.event.TableLoad;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Records to bytes and back. The last field is a checksum over the bytes of the record as they
 * would be without that field, so that anybody can verify it without knowing how JSON is spelled.
 */
public final class RecordCodec {
  private static final String CHECKSUM = ",\"checksum\":\"crc32c:";
  private static final int SUFFIX_BYTES = CHECKSUM.length() + 8 + 2;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.USE_LONG_FOR_INTS)
          .addMixIn(TableLoad.class, AbsentWhenNull.class)
          .build();

  /** A field that came later is left out where there is nothing to say. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private interface AbsentWhenNull {}

  private RecordCodec() {}

  /** The bytes of a record. */
  public static byte[] write(Object record) {
    try {
      byte[] body = MAPPER.writeValueAsBytes(record);
      String text = new String(body, 0, body.length - 1, StandardCharsets.UTF_8);
      return (text + CHECKSUM + hex(crc(body, body.length - 1)) + "\"}")
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + record.getClass().getSimpleName(), e);
    }
  }

  /** Whether the checksum is there and right. */
  public static boolean intact(byte[] bytes) {
    int end = bytes.length - SUFFIX_BYTES;
    if (end < 1) {
      return false;
    }
    String suffix = new String(bytes, end, SUFFIX_BYTES, StandardCharsets.UTF_8);
    return suffix.equals(CHECKSUM + hex(crc(bytes, end)) + "\"}");
  }

  /**
   * Reads a record.
   *
   * @param bytes its bytes
   * @param place where it was, for messages
   * @throws StateException when it is damaged or of an unknown format
   */
  public static <T> T read(byte[] bytes, String place, Class<T> type) {
    int format = format(bytes);
    if (format > LogRecord.NEWEST_FORMAT) {
      throw new StateException(
          place
              + " has state format "
              + format
              + ", and this version of Sluice knows formats up to "
              + LogRecord.NEWEST_FORMAT,
          "Start the version of Sluice that wrote it, or a newer one");
    }
    if (!intact(bytes)) {
      throw damaged(
          place, "its checksum does not match its content of " + bytes.length + " bytes", null);
    }
    try {
      return MAPPER.readValue(bytes, type);
    } catch (IOException e) {
      throw damaged(place, "it is not a " + type.getSimpleName(), e);
    }
  }

  /** {@code crc32c:} and 8 hex digits. */
  public static String checksum(CRC32C crc) {
    return "crc32c:" + hex(crc);
  }

  private static StateException damaged(String place, String how, @Nullable Exception cause) {
    return new StateException(
        place + " is damaged: " + how,
        "Nothing was changed. Restore this object from a version of it or from a backup; a damaged checkpoint may be"
            + " deleted instead, for it is made again from the log",
        cause);
  }

  /** Sluice writes it first, so that hardly anything is parsed for it. */
  private static int format(byte[] bytes) {
    try (JsonParser parser = MAPPER.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return 0;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("format")) {
          return value == JsonToken.VALUE_NUMBER_INT ? parser.getIntValue() : 0;
        }
        parser.skipChildren();
      }
      return 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private static CRC32C crc(byte[] bytes, int end) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, end);
    crc.update('}');
    return crc;
  }

  private static String hex(CRC32C crc) {
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
