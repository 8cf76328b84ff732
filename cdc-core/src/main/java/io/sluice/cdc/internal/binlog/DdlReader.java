package io.sluice.cdc.internal.binlog;

import io.sluice.cdc.event.TableName;
import io.sluice.cdc.internal.binlog.SqlTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads which tables a statement concerns. It knows the beginnings of statements only, so that it
 * understands also what the engine's parser does not.
 */
final class DdlReader {
  private static final Set<String> TRANSACTIONS_AND_ROWS =
      Set.of("BEGIN", "COMMIT", "ROLLBACK", "XA", "INSERT", "UPDATE", "DELETE", "REPLACE", "START");
  private static final Set<String> HARMLESS =
      Set.of(
          "GRANT",
          "REVOKE",
          "SET",
          "FLUSH",
          "ANALYZE",
          "OPTIMIZE",
          "REPAIR",
          "CHECK",
          "CHECKSUM",
          "SAVEPOINT",
          "RELEASE",
          "INSTALL",
          "UNINSTALL",
          "LOCK",
          "UNLOCK",
          "USE",
          "DO",
          "CALL",
          "WITH",
          "LOAD",
          "PURGE",
          "RESET",
          "KILL",
          "SHUTDOWN",
          "RESTART",
          "STOP",
          "CHANGE",
          "CLONE");

  private final boolean lowerCase;
  private final @Nullable String database;
  private final List<Token> tokens;
  private int at;

  private DdlReader(@Nullable String database, String sql, boolean lowerCase) {
    this.lowerCase = lowerCase;
    this.database = lowerCase && database != null ? database.toLowerCase(Locale.ROOT) : database;
    this.tokens = SqlTokens.of(sql);
  }

  /**
   * Reads a statement.
   *
   * @param database the session's database, may be null or empty
   * @param lowerCase whether the server keeps names in lower case
   */
  static Ddl read(@Nullable String database, String sql, boolean lowerCase) {
    try {
      return new DdlReader(database, sql, lowerCase).statement();
    } catch (Unreadable e) {
      return new Ddl.Unknown();
    }
  }

  /** Whether a CREATE TABLE names a primary key. */
  static boolean makesPrimaryKey(String sql) {
    return SqlTokens.of(sql).stream().anyMatch(t -> t.is("PRIMARY"));
  }

  private Ddl statement() {
    if (tokens.isEmpty()) {
      return new Ddl.Nothing();
    }
    Token verb = next();
    return switch (verb.upper()) {
      case "CREATE" -> create();
      case "ALTER" -> alter();
      case "DROP" -> drop();
      case "RENAME" -> rename();
      case "TRUNCATE" -> {
        skip("TABLE");
        yield new Ddl.Truncate(table());
      }
      default -> {
        if (TRANSACTIONS_AND_ROWS.contains(verb.upper())) {
          yield new Ddl.NotDdl();
        }
        yield HARMLESS.contains(verb.upper()) ? new Ddl.Nothing() : new Ddl.Unknown();
      }
    };
  }

  private Ddl create() {
    if (skip("TABLE")) {
      boolean ifNotExists = ifExists();
      TableName table = table();
      skipSign('(');
      return new Ddl.CreateTable(table, ifNotExists, skip("LIKE") ? table() : null);
    }
    if (skip("DATABASE", "SCHEMA")) {
      ifExists();
      return database();
    }
    while (skip("UNIQUE", "FULLTEXT", "SPATIAL")) {
      // of an index
    }
    return skip("INDEX") ? index(AlterSpecs.NONE) : new Ddl.Nothing();
  }

  private Ddl alter() {
    while (skip("IGNORE", "ONLINE", "OFFLINE")) {
      // of old versions
    }
    if (skip("TABLE")) {
      TableName table = table();
      return new Ddl.AlterTable(table, AlterSpecs.of(rest(), this::nameIn));
    }
    return skip("DATABASE", "SCHEMA") ? database() : new Ddl.Nothing();
  }

  private Ddl drop() {
    if (skip("TABLE", "TABLES")) {
      ifExists();
      List<TableName> tables = new ArrayList<>();
      do {
        tables.add(table());
      } while (skipSign(','));
      return new Ddl.DropTables(tables);
    }
    if (skip("DATABASE", "SCHEMA")) {
      ifExists();
      return new Ddl.DropDatabase(name());
    }
    return skip("INDEX") ? index(AlterSpecs.DROP_INDEX) : new Ddl.Nothing();
  }

  private Ddl rename() {
    if (!skip("TABLE", "TABLES")) {
      return new Ddl.Nothing();
    }
    List<Ddl.Move> moves = new ArrayList<>();
    do {
      TableName from = table();
      if (!skip("TO", "AS")) {
        throw new Unreadable();
      }
      moves.add(new Ddl.Move(from, table()));
    } while (skipSign(','));
    return new Ddl.Rename(moves);
  }

  /** {@code [name] [USING …] ON table}. */
  private Ddl index(AlterSpecs specs) {
    while (at < tokens.size() && !tokens.get(at).is("ON")) {
      at++;
    }
    next();
    return new Ddl.AlterTable(table(), specs);
  }

  private Ddl database() {
    boolean named =
        at < tokens.size() && !tokens.get(at).is("CHARACTER", "CHARSET", "COLLATE", "DEFAULT");
    String name = named ? name() : String.valueOf(database);
    boolean charset = rest().stream().anyMatch(t -> t.is("CHARACTER", "CHARSET", "COLLATE"));
    return new Ddl.Database(name, charset);
  }

  private boolean ifExists() {
    if (!skip("IF")) {
      return false;
    }
    skip("NOT");
    skip("EXISTS");
    return true;
  }

  private TableName table() {
    String first = name();
    if (skipSign('.')) {
      return new TableName(first, name());
    }
    if (database == null || database.isEmpty()) {
      throw new Unreadable();
    }
    return new TableName(database, first);
  }

  /** A table's name that begins the tokens, as seen from the session's database. */
  private TableName nameIn(List<Token> name) {
    DdlReader reader = new DdlReader(database, "", lowerCase);
    reader.tokens.addAll(name);
    return reader.table();
  }

  private String name() {
    Token token = next();
    if (!token.isName()) {
      throw new Unreadable();
    }
    return lowerCase ? token.text().toLowerCase(Locale.ROOT) : token.text();
  }

  private Token next() {
    if (at >= tokens.size()) {
      throw new Unreadable();
    }
    return tokens.get(at++);
  }

  private List<Token> rest() {
    return tokens.subList(at, tokens.size());
  }

  private boolean skip(String... keywords) {
    boolean there = at < tokens.size() && tokens.get(at).is(keywords);
    at += there ? 1 : 0;
    return there;
  }

  private boolean skipSign(char sign) {
    boolean there = at < tokens.size() && tokens.get(at).isSign(sign);
    at += there ? 1 : 0;
    return there;
  }

  private static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
