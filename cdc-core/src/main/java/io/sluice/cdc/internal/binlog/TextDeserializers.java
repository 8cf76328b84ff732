package io.sluice.cdc.internal.binlog;

import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.QueryEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.QueryEventDataDeserializer;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Field;

/**
 * Makes the binlog client read names and statements in the character sets that they are written in;
 * by itself it takes the platform's for all of them.
 */
final class TextDeserializers {
  private TextDeserializers() {}

  /** Sets the deserializers of the events that hold names and statements. */
  static void install(EventDeserializer target, MySqlCharsets charsets) {
    TableMapDeserializer maps = new TableMapDeserializer();
    target.setEventDataDeserializer(EventType.TABLE_MAP, maps);
    readOnce(target, maps);
    target.setEventDataDeserializer(EventType.QUERY, new Statements(charsets));
  }

  /**
   * The client would read each table map a second time for its own use, with a deserializer of its
   * own that nothing but its field lets us replace.
   */
  private static void readOnce(EventDeserializer target, TableMapDeserializer maps) {
    try {
      Field own = EventDeserializer.class.getDeclaredField("tableMapEventDataDeserializer");
      own.setAccessible(true);
      own.set(target, maps);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("another binlog client than this was built for", e);
    }
  }

  /**
   * A statement is in the character set of the client that sent it, which the event names among its
   * status variables.
   *
   * <p>Format:
   * https://dev.mysql.com/doc/dev/mysql-server/latest/classbinary__log_1_1Query__event.html
   */
  private static final class Statements extends QueryEventDataDeserializer {
    private static final int FLAGS = 0;
    private static final int SQL_MODE = 1;
    private static final int AUTO_INCREMENT = 3;
    private static final int CHARSET = 4;
    private static final int CATALOG = 6;
    private static final int UTF8MB4 = 45;

    private final MySqlCharsets charsets;

    Statements(MySqlCharsets charsets) {
      this.charsets = charsets;
    }

    @Override
    public QueryEventData deserialize(ByteArrayInputStream in) throws IOException {
      QueryEventData data = new QueryEventData();
      data.setThreadId(in.readLong(4));
      data.setExecutionTime(in.readLong(4));
      in.skip(1); // the length of the database's name, which ends with a zero anyway
      data.setErrorCode(in.readInteger(2));
      int collation = clientCollation(in.read(in.readInteger(2)));
      data.setDatabase(new Utf8Input(in).readZeroTerminatedString());
      data.setSql(charsets.text(in.read(in.available()), collation));
      return data;
    }

    /** Variables before the one that is looked for have known lengths. */
    private static int clientCollation(byte[] variables) {
      int i = 0;
      while (i < variables.length) {
        switch (variables[i]) {
          case FLAGS, AUTO_INCREMENT -> i += 5;
          case SQL_MODE -> i += 9;
          case CATALOG -> i += 2 + (variables[i + 1] & 0xFF);
          case CHARSET -> {
            return (variables[i + 1] & 0xFF) | (variables[i + 2] & 0xFF) << 8;
          }
          default -> {
            return UTF8MB4;
          }
        }
      }
      return UTF8MB4;
    }
  }
}
