package io.sluice.cdc.internal.binlog;

import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.TableMapEventDataDeserializer;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads table maps with names in UTF-8, and without the list that says which numbers have no sign:
 * servers differ in whether YEAR is in it, and the binlog client, which thinks it always is, reads
 * past the list's end where that needs one more byte. Nobody asks for it: structures tell the sign.
 *
 * <p>The server sends a map before each statement's rows. One that has not changed is read once and
 * gives the same object again. One thread.
 *
 * <p>Format:
 * https://dev.mysql.com/doc/dev/mysql-server/latest/classbinary__log_1_1Table__map__event.html
 */
final class TableMapDeserializer extends TableMapEventDataDeserializer {
  private static final int ID = 6;
  private static final int ID_AND_FLAGS = 8;
  private static final int SIGNEDNESS = 1;
  private static final int MOST_REMEMBERED = 10_000;

  private final Map<Long, Seen> seen = new HashMap<>();

  private record Seen(byte[] body, TableMapEventData map) {}

  @Override
  public TableMapEventData deserialize(ByteArrayInputStream in) throws IOException {
    byte[] body = in.read(in.available());
    long id = reading(body).readLong(ID);
    Seen before = seen.get(id);
    if (before != null && Arrays.equals(before.body, body)) {
      return before.map;
    }
    TableMapEventData map = super.deserialize(reading(withoutSigns(body)));
    if (seen.size() >= MOST_REMEMBERED) {
      seen.clear();
    }
    seen.put(id, new Seen(body, map));
    return map;
  }

  private static EventBytes reading(byte[] body) {
    EventBytes in = new EventBytes();
    in.begin(body, body.length);
    return in;
  }

  static byte[] withoutSigns(byte[] body) throws IOException {
    ByteArrayInputStream in = reading(body);
    in.skip(ID_AND_FLAGS);
    in.skip(in.read() + 1L); // the database, and a zero
    in.skip(in.read() + 1L); // the table, and a zero
    int columns = in.readPackedInteger();
    in.skip(columns); // their types
    in.skip(in.readPackedInteger()); // what belongs to the types
    in.skip((columns + 7) / 8); // which may be NULL
    ByteArrayOutputStream kept = new ByteArrayOutputStream(body.length);
    kept.write(body, 0, body.length - in.available());
    while (in.available() > 0) {
      int from = body.length - in.available();
      int type = in.read();
      in.skip(in.readPackedInteger());
      if (type != SIGNEDNESS) {
        kept.write(body, from, body.length - in.available() - from);
      }
    }
    return kept.toByteArray();
  }
}
