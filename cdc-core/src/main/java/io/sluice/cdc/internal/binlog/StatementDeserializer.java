package io.sluice.cdc.internal.binlog;

import com.github.shyiko.mysql.binlog.event.QueryEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.QueryEventDataDeserializer;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a statement in the character set of the client that sent it, which the event names among
 * its status variables; the binlog client takes the platform's.
 *
 * <p>Format:
 * https://dev.mysql.com/doc/dev/mysql-server/latest/classbinary__log_1_1Query__event.html
 */
final class StatementDeserializer extends QueryEventDataDeserializer {
  /** With this every transaction of rows begins. */
  static final String BEGIN = "BEGIN";

  private static final byte[] BEGIN_BYTES = BEGIN.getBytes(StandardCharsets.US_ASCII);
  private static final int FLAGS = 0;
  private static final int SQL_MODE = 1;
  private static final int AUTO_INCREMENT = 3;
  private static final int CHARSET = 4;
  private static final int CATALOG = 6;
  private static final int UTF8MB4 = 45;

  private final MySqlCharsets charsets;

  StatementDeserializer(MySqlCharsets charsets) {
    this.charsets = charsets;
  }

  @Override
  public QueryEventData deserialize(ByteArrayInputStream in) throws IOException {
    QueryEventData data = new Unprinted.Statement();
    data.setThreadId(in.readLong(4));
    data.setExecutionTime(in.readLong(4));
    int database = in.readInteger(1);
    data.setErrorCode(in.readInteger(2));
    byte[] variables = in.read(in.readInteger(2));
    data.setDatabase(new String(in.read(database), StandardCharsets.UTF_8));
    in.skip(1); // a zero
    byte[] sql = in.read(in.available());
    data.setSql(
        Arrays.equals(sql, BEGIN_BYTES) ? BEGIN : charsets.text(sql, clientCollation(variables)));
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
