package io.sluice.cdc.internal.binlog;

import io.debezium.connector.mysql.MySqlConnectorConfig;
import io.debezium.connector.mysql.MySqlDatabaseSchema;
import io.debezium.connector.mysql.MySqlTaskContext;
import io.debezium.connector.mysql.jdbc.MySqlValueConverters;
import io.debezium.relational.CustomConverterRegistry;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.spi.topic.TopicNamingStrategy;
import io.debezium.text.MultipleParsingExceptions;
import io.debezium.text.ParsingException;
import io.sluice.cdc.event.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Debezium's structures of the included tables, changed by us one statement at a time. */
final class LaneSchema extends MySqlDatabaseSchema {
  private final LaneContext lane;

  /** Whether the parser, which takes long to begin, knows the defaults of the server. */
  private boolean prepared;

  /** The engine's parser does not understand a statement. */
  static final class NotParsed extends Exception {
    private static final long serialVersionUID = 1L;

    NotParsed(RuntimeException cause) {
      super(cause.getMessage(), cause);
    }
  }

  LaneSchema(
      MySqlConnectorConfig config,
      MySqlValueConverters converters,
      TopicNamingStrategy<TableId> topics,
      boolean caseInsensitive,
      MySqlTaskContext context,
      LaneContext lane) {
    super(
        config,
        converters,
        topics,
        config.schemaNameAdjuster(),
        caseInsensitive,
        config.getServiceRegistry().tryGetService(CustomConverterRegistry.class),
        context);
    this.lane = lane;
  }

  static TableId id(TableName table) {
    return new TableId(table.database(), null, table.table());
  }

  /** The structure of a table, or null when it is not known. */
  @Nullable Table structure(TableName table) {
    return tables().forTable(id(table));
  }

  /** The tables of a database whose structures are known. */
  List<TableName> tablesOf(String database) {
    return tables().tableIds().stream()
        .map(StreamTables::name)
        .filter(t -> t.database().equals(database))
        .toList();
  }

  /** Applies a statement to the structures. */
  void apply(@Nullable String database, String sql) throws NotParsed {
    if (!prepared) {
      prepared = true;
      lane.history().defaults(this::parse);
    }
    try {
      parse(database, sql);
    } catch (ParsingException | MultipleParsingExceptions e) {
      throw new NotParsed(e);
    } catch (RuntimeException e) {
      throw new NotParsed(e); // the parser's own failures are as good as not understood
    }
  }

  private void parse(@Nullable String database, String sql) {
    getDdlParser().setCurrentSchema(database);
    getDdlParser().parse(TypeSpelling.common(sql), tables());
  }

  /** Makes the structure of a table usable for its rows. */
  void register(Table table) {
    refresh(table);
  }

  /** Nothing is known of the table any more. */
  void forget(TableName table) {
    tables().removeTable(id(table));
    removeSchema(id(table));
  }
}
