package io.sluice.cdc.internal.binlog;

import io.sluice.cdc.event.TableName;
import io.sluice.cdc.internal.binlog.SqlTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an {@code ALTER TABLE} does that cannot be seen by comparing columns before and after.
 *
 * @param renamedTo the table's new name, or null
 * @param exchangedWith a table that a partition changes places with, or null
 * @param fills whether an added column may get a value in the rows that are there
 * @param renamesColumns whether it gives columns other names
 * @param renames the new name of each column that gets another one, as they are written
 * @param redefined columns that are changed or modified, lower case
 * @param dropped columns that are dropped, lower case
 * @param defaultCharset the character set of columns that will be added without one, or null where
 *     it stays
 * @param dropsIndex whether it drops an index other than the primary key
 * @param primary whether the table has a primary key after it, null where that stays as it is
 * @param rows what it does to rows without telling replicas which, or empty
 */
record AlterSpecs(
    @Nullable TableName renamedTo,
    @Nullable TableName exchangedWith,
    boolean fills,
    boolean renamesColumns,
    Map<String, String> renames,
    Set<String> redefined,
    Set<String> dropped,
    @Nullable String defaultCharset,
    boolean dropsIndex,
    @Nullable Boolean primary,
    String rows) {
  static final AlterSpecs NONE =
      new AlterSpecs(null, null, false, false, Map.of(), Set.of(), Set.of(), null, false, null, "");

  /** {@code DROP INDEX}. */
  static final AlterSpecs DROP_INDEX =
      new AlterSpecs(null, null, false, false, Map.of(), Set.of(), Set.of(), null, true, null, "");

  private static final Set<String> NOT_COLUMNS =
      Set.of(
          "INDEX",
          "KEY",
          "UNIQUE",
          "PRIMARY",
          "CONSTRAINT",
          "FOREIGN",
          "FULLTEXT",
          "SPATIAL",
          "CHECK",
          "PARTITION");

  /**
   * Reads what follows the table's name.
   *
   * @param names reads a table's name
   */
  static AlterSpecs of(List<Token> tokens, Function<List<Token>, TableName> names) {
    Reader reader = new Reader(names);
    split(tokens).forEach(reader::spec);
    return new AlterSpecs(
        reader.renamedTo,
        reader.exchangedWith,
        reader.fills,
        reader.renamesColumns,
        reader.renames,
        reader.redefined,
        reader.dropped,
        reader.defaultCharset,
        reader.dropsIndex,
        reader.primary,
        reader.rows);
  }

  /** At commas outside of brackets. */
  private static List<List<Token>> split(List<Token> tokens) {
    List<List<Token>> specs = new ArrayList<>();
    List<Token> spec = new ArrayList<>();
    int depth = 0;
    for (Token token : tokens) {
      depth += token.isSign('(') ? 1 : token.isSign(')') ? -1 : 0;
      if (depth == 0 && token.isSign(',')) {
        specs.add(spec);
        spec = new ArrayList<>();
      } else {
        spec.add(token);
      }
    }
    specs.add(spec);
    return specs;
  }

  private static final class Reader {
    private final Function<List<Token>, TableName> names;
    private final Set<String> redefined = new TreeSet<>();
    private final Set<String> dropped = new TreeSet<>();
    private @Nullable TableName renamedTo;
    private @Nullable TableName exchangedWith;
    private boolean fills;
    private boolean renamesColumns;
    private final Map<String, String> renames = new TreeMap<>();
    private @Nullable String defaultCharset;
    private boolean dropsIndex;
    private @Nullable Boolean primary;
    private String rows = "";

    Reader(Function<List<Token>, TableName> names) {
      this.names = names;
    }

    void spec(List<Token> spec) {
      if (spec.isEmpty()) {
        return;
      }
      Token second = spec.size() > 1 ? spec.get(1) : spec.get(0);
      switch (spec.get(0).upper()) {
        case "RENAME" -> rename(spec, second);
        case "ADD" -> add(spec, second);
        case "CHANGE", "MODIFY" -> redefine(spec);
        case "DROP" -> drop(spec, second);
        case "TRUNCATE" -> rows = "empties partitions";
        case "EXCHANGE" -> exchange(spec);
        case "DISCARD", "IMPORT" -> rows = "replaces the table's file";
        case "DEFAULT", "CHARACTER", "CHARSET", "COLLATE" -> charset(spec);
        default -> {}
      }
      engine(spec);
    }

    private void rename(List<Token> spec, Token second) {
      if (second.is("COLUMN")) {
        renamesColumns = true;
        renames(spec, 2, 4);
      } else if (!second.is("INDEX", "KEY")) {
        boolean filler = second.is("TO", "AS") || second.isSign('=');
        renamedTo = names.apply(spec.subList(filler ? 2 : 1, spec.size()));
      }
    }

    private void add(List<Token> spec, Token second) {
      fills |= !isOneOf(second, NOT_COLUMNS) && fills(spec);
      if (spec.stream().anyMatch(t -> t.is("PRIMARY"))) {
        primary = Boolean.TRUE;
      }
    }

    private void redefine(List<Token> spec) {
      redefined.add(column(spec));
      if (spec.get(0).is("CHANGE")) {
        int at = spec.size() > 1 && spec.get(1).is("COLUMN") ? 2 : 1;
        renames(spec, at, at + 1);
      }
      if (spec.stream().anyMatch(t -> t.is("GENERATED", "AS"))) {
        rows = "changes what column " + column(spec) + " is generated from";
      }
    }

    private void renames(List<Token> spec, int from, int to) {
      if (to < spec.size() && !spec.get(from).text().equals(spec.get(to).text())) {
        renames.put(spec.get(from).text(), spec.get(to).text());
      }
    }

    private void drop(List<Token> spec, Token second) {
      if (second.is("PARTITION")) {
        rows = "drops partitions with their rows";
      } else if (second.is("INDEX", "KEY", "CONSTRAINT")) {
        dropsIndex = true;
      } else if (second.is("PRIMARY")) {
        primary = Boolean.FALSE;
      } else if (!isOneOf(second, NOT_COLUMNS)) {
        dropped.add(column(spec));
      }
    }

    private void exchange(List<Token> spec) {
      rows = "exchanges a partition";
      for (int i = 0; i + 2 < spec.size(); i++) {
        if (spec.get(i).is("WITH") && spec.get(i + 1).is("TABLE")) {
          exchangedWith = names.apply(spec.subList(i + 2, spec.size()));
        }
      }
    }

    /** {@code [DEFAULT] CHARACTER SET [=] name}, {@code [DEFAULT] COLLATE [=] name}. */
    private void charset(List<Token> spec) {
      boolean collation = false;
      for (Token token : spec) {
        if (token.is("COLLATE")) {
          collation = true;
        } else if (!token.is("DEFAULT", "CHARACTER", "SET", "CHARSET") && !token.isSign('=')) {
          String name = token.text().toLowerCase(Locale.ROOT);
          defaultCharset = collation ? name.split("_")[0] : name;
          return;
        }
      }
    }

    /** Other engines lose rows or show them without transactions. */
    private void engine(List<Token> spec) {
      for (int i = 0; i < spec.size() - 1; i++) {
        Token value = spec.get(spec.get(i + 1).isSign('=') && i + 2 < spec.size() ? i + 2 : i + 1);
        if (spec.get(i).is("ENGINE") && !value.text().matches("(?i)innodb|rocksdb")) {
          rows = "moves it to the engine " + value.text();
        }
      }
    }

    private static String column(List<Token> spec) {
      int at = spec.size() > 2 && spec.get(1).is("COLUMN") ? 2 : 1;
      return spec.get(Math.min(at, spec.size() - 1)).text().toLowerCase(Locale.ROOT);
    }

    private static boolean isOneOf(Token token, Set<String> keywords) {
      return token.kind() == SqlTokens.Kind.WORD && keywords.contains(token.upper());
    }

    /**
     * A default other than NULL, a sequence, an expression; and a TIMESTAMP, which on old servers
     * has a default without being told.
     */
    private static boolean fills(List<Token> spec) {
      boolean timestamp = false;
      boolean nullable = false;
      for (int i = 0; i < spec.size(); i++) {
        Token token = spec.get(i);
        Token next = i + 1 < spec.size() ? spec.get(i + 1) : token;
        if (token.is("AUTO_INCREMENT", "SERIAL", "GENERATED", "AS")
            || (token.is("DEFAULT") && !next.is("NULL", "CHARACTER", "CHARSET", "COLLATE"))
            || (token.is("NOT") && next.is("NULL"))) {
          return true;
        }
        timestamp |= i > 1 && token.is("TIMESTAMP");
        nullable |= token.is("NULL");
      }
      return timestamp && !nullable;
    }
  }
}
