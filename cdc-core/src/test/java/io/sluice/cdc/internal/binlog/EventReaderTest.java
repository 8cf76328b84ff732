package io.sluice.cdc.internal.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.QueryEventData;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.WriteRowsEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDataDeserializationException;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.internal.mysql.MySqlConnections;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EventReaderTest {
  private static final int QUERY = 2;
  private static final int TABLE_MAP = 19;
  private static final int WRITE_ROWS = 30;
  private static final int LONG = 3;
  private static final int BLOB = 252;
  private static final int NUMBER = 77;

  private final EventReader reader = new EventReader(new MySqlCharsets(nowhere()), b -> {});

  private static MySqlConnections nowhere() {
    return new MySqlConnections(
        SourceConfig.builder()
            .host("127.0.0.1")
            .port(1)
            .user("u")
            .password("")
            .include("a.b")
            .build());
  }

  @Test
  void readsEventsOfAnyLengthOneAfterTheOther() throws IOException {
    byte[] large = new byte[3 << 20]; // longer than what is copied first
    Arrays.fill(large, (byte) 'x');
    ByteArrayInputStream in =
        stream(
            event(QUERY, statement("db", "BEGIN")),
            event(TABLE_MAP, tableMap()),
            event(WRITE_ROWS, rows(1, large, 2, new byte[] {5})),
            event(QUERY, statement("dé", "CREATE TABLE t (id INT)")));
    assertThat(((QueryEventData) reader.nextEvent(in).getData()).getSql())
        .isSameAs(StatementDeserializer.BEGIN);
    TableMapEventData map = reader.nextEvent(in).getData();
    assertThat(map.getTable()).isEqualTo("tä");
    WriteRowsEventData rows = reader.nextEvent(in).getData();
    assertThat(rows.getRows()).hasSize(2);
    assertThat(rows.getRows().get(0)).containsExactly(1L, large);
    assertThat(rows.getRows().get(1)).containsExactly(2L, new byte[] {5});
    QueryEventData statement = reader.nextEvent(in).getData();
    assertThat(statement.getDatabase()).isEqualTo("dé");
    assertThat(statement.getSql()).isEqualTo("CREATE TABLE t (id INT)");
    assertThat(reader.nextEvent(in)).isNull();
  }

  @Test
  void aTableMapThatHasNotChangedIsTheSameObjectAndOneThatHasIsAnother() throws IOException {
    byte[] changed = tableMap();
    changed[changed.length - 1] = 1;
    ByteArrayInputStream in =
        stream(
            event(TABLE_MAP, tableMap()), event(TABLE_MAP, tableMap()), event(TABLE_MAP, changed));
    TableMapEventData first = reader.nextEvent(in).getData();
    assertThat(reader.nextEvent(in).<TableMapEventData>getData()).isSameAs(first);
    assertThat(reader.nextEvent(in).<TableMapEventData>getData()).isNotSameAs(first);
  }

  /** The binlog client takes the end of a stream for a lost connection, and would try again. */
  @Test
  void anEventThatEndsEarlyIsNotTakenForTheEndOfTheConnection() throws IOException {
    byte[] cut = rows(1, new byte[] {1, 2, 3});
    ByteArrayInputStream in =
        stream(
            event(TABLE_MAP, tableMap()),
            event(WRITE_ROWS, Arrays.copyOf(cut, cut.length - 1)),
            event(QUERY, statement("", "BEGIN")));
    reader.nextEvent(in);
    assertThatThrownBy(() -> reader.nextEvent(in))
        .isInstanceOf(EventDataDeserializationException.class)
        .hasCauseInstanceOf(EventBytes.EndsEarly.class);
    Event next = reader.nextEvent(in);
    assertThat(next.<QueryEventData>getData().getSql()).isEqualTo("BEGIN");
  }

  @Test
  void aConnectionThatEndsInsideAnEventIsOneThatEnds() {
    byte[] event = event(QUERY, statement("", "BEGIN"));
    ByteArrayInputStream in = stream(Arrays.copyOf(event, event.length - 3));
    assertThatThrownBy(() -> reader.nextEvent(in)).isInstanceOf(EOFException.class);
  }

  @Test
  void whatCannotBeReadIsToldWithAWordOfTheEventAndIsNotTriedAgain() {
    RuntimeException told =
        LaneFailures.unreadable(new IOException("x", new EventBytes.EndsEarly(3, 1)));
    assertThat(told).hasMessageContaining("the event ends 2 bytes early");
    assertThat(BinlogLane.isTransient(told)).isFalse();
  }

  private static ByteArrayInputStream stream(byte[]... events) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] event : events) {
      all.writeBytes(event);
    }
    return new ByteArrayInputStream(all.toByteArray());
  }

  private static byte[] event(int type, byte[] body) {
    return ByteBuffer.allocate(19 + body.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(1_700_000_000)
        .put((byte) type)
        .putInt(1)
        .putInt(19 + body.length)
        .putInt(4711)
        .putShort((short) 0)
        .put(body)
        .array();
  }

  private static byte[] statement(String database, String sql) {
    byte[] name = database.getBytes(StandardCharsets.UTF_8);
    byte[] text = sql.getBytes(StandardCharsets.UTF_8);
    byte[] utf8 = {4, 45, 0, 45, 0, 45, 0};
    return ByteBuffer.allocate(13 + utf8.length + name.length + 1 + text.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(9)
        .putInt(0)
        .put((byte) name.length)
        .putShort((short) 0)
        .putShort((short) utf8.length)
        .put(utf8)
        .put(name)
        .put((byte) 0)
        .put(text)
        .array();
  }

  /** Of {@code db.tä}, with an INT and a LONGBLOB. */
  private static byte[] tableMap() {
    byte[] table = "tä".getBytes(StandardCharsets.UTF_8);
    ByteBuffer body = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    number(body).put((byte) 2).put("db".getBytes(StandardCharsets.UTF_8)).put((byte) 0);
    body.put((byte) table.length).put(table).put((byte) 0);
    body.put((byte) 2).put((byte) LONG).put((byte) BLOB);
    body.put((byte) 1).put((byte) 4); // lengths of the blob's length
    body.put((byte) 3); // both may be NULL
    return Arrays.copyOf(body.array(), body.position());
  }

  private static ByteBuffer number(ByteBuffer body) {
    return body.putInt(NUMBER).putShort((short) 0).putShort((short) 1);
  }

  /** Pairs of an id and a blob. */
  private static byte[] rows(Object... values) {
    ByteBuffer body = ByteBuffer.allocate(4 << 20).order(ByteOrder.LITTLE_ENDIAN);
    number(body).putShort((short) 2).put((byte) 2).put((byte) 3);
    for (int i = 0; i < values.length; i += 2) {
      byte[] blob = (byte[]) values[i + 1];
      body.put((byte) 0).putInt((int) values[i]).putInt(blob.length).put(blob);
    }
    return Arrays.copyOf(body.array(), body.position());
  }
}
