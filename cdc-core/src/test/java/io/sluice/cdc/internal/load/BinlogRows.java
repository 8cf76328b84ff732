package io.sluice.cdc.internal.load;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.DeleteRowsEventData;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.GtidEventData;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.UpdateRowsEventData;
import com.github.shyiko.mysql.binlog.event.WriteRowsEventData;
import io.sluice.cdc.event.TableName;
import io.sluice.cdc.internal.mysql.Sql;
import io.sluice.cdc.testkit.DisposableMySql;
import java.io.Serializable;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Every row change of one table that the server's binlogs hold, read with the plain client. */
final class BinlogRows implements AutoCloseable {
  private final List<Change> changes = new ArrayList<>();

  record Change(
      String gtid,
      String file,
      long position,
      @Nullable List<String> before,
      @Nullable List<String> after) {}

  BinlogRows(DisposableMySql server, TableName table, int columns) throws Exception {
    BinaryLogClient client =
        new BinaryLogClient(server.host(), server.port(), server.rootUser(), server.rootPassword());
    try (Connection connection = server.connect()) {
      client.setBinlogFilename(
          Sql.query(connection, "SHOW BINARY LOGS", r -> r.getString(1)).get(0));
    }
    client.setBinlogPosition(4);
    client.setServerId(77);
    client.setBlocking(false);
    Set<Long> ids = new HashSet<>();
    String[] gtid = {""};
    client.registerEventListener(e -> take(e, client, table, columns, ids, gtid));
    client.connect();
  }

  private void take(
      Event event,
      BinaryLogClient client,
      TableName table,
      int columns,
      Set<Long> ids,
      String[] gtid) {
    if (event.getData() instanceof GtidEventData data) {
      gtid[0] = data.getMySqlGtid().toString();
    } else if (event.getData() instanceof TableMapEventData map) {
      if (map.getDatabase().equals(table.database()) && map.getTable().equals(table.table())) {
        ids.add(map.getTableId());
      }
    } else if (event.getData() instanceof WriteRowsEventData d && ids.contains(d.getTableId())) {
      d.getRows().forEach(r -> add(event, client, gtid[0], null, texts(r, columns)));
    } else if (event.getData() instanceof DeleteRowsEventData d && ids.contains(d.getTableId())) {
      d.getRows().forEach(r -> add(event, client, gtid[0], texts(r, columns), null));
    } else if (event.getData() instanceof UpdateRowsEventData d && ids.contains(d.getTableId())) {
      d.getRows()
          .forEach(
              r ->
                  add(
                      event,
                      client,
                      gtid[0],
                      texts(r.getKey(), columns),
                      texts(r.getValue(), columns)));
    }
  }

  private void add(
      Event event,
      BinaryLogClient client,
      String gtid,
      @Nullable List<String> before,
      @Nullable List<String> after) {
    long position = ((EventHeaderV4) event.getHeader()).getPosition();
    changes.add(new Change(gtid, client.getBinlogFilename(), position, before, after));
  }

  private static List<String> texts(Serializable[] row, int columns) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      texts.add(String.valueOf(row[i]));
    }
    return texts;
  }

  void forEach(Consumer<Change> consumer) {
    changes.forEach(consumer);
  }

  @Override
  public void close() {
    changes.clear();
  }
}
