package io.sluice.cdc.internal.binlog;

import io.sluice.cdc.internal.binlog.SqlTokens.Token;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Spells types of columns the common way, where Debezium's parser loses a part of what a rarer
 * spelling says: the character sets of {@code ASCII}, {@code UNICODE}, {@code BYTE} and {@code
 * COLLATE binary}, the values of {@code ENUM(…) BINARY}, and the types of {@code LONG …}. What
 * MySQL means by them: https://dev.mysql.com/doc/refman/8.4/en/charset-column.html
 */
final class TypeSpelling {
  /** Without one of these words there is nothing to do. */
  private static final Pattern RARE =
      Pattern.compile("\\b(?:ascii|unicode|byte|binary|long)\\b", Pattern.CASE_INSENSITIVE);

  private static final Set<String> TEXTS =
      Set.of(
          "CHAR",
          "CHARACTER",
          "NCHAR",
          "VARCHAR",
          "VARCHARACTER",
          "NVARCHAR",
          "TINYTEXT",
          "TEXT",
          "MEDIUMTEXT",
          "LONGTEXT",
          "ENUM",
          "SET");

  private final String sql;
  private final List<Token> tokens;
  private final List<Edit> edits = new ArrayList<>();
  private int at;

  private TypeSpelling(String sql) {
    this.sql = sql;
    this.tokens = SqlTokens.of(sql);
  }

  /** What stands in place of a part of the statement. */
  private record Edit(int start, int end, String text) {}

  /** The statement with common spellings; the same object where nothing is to be done. */
  static String common(String sql) {
    if (!RARE.matcher(sql).find()) {
      return sql;
    }
    TypeSpelling spelling = new TypeSpelling(sql);
    spelling.read();
    return spelling.edited();
  }

  private void read() {
    while (at < tokens.size()) {
      Token token = tokens.get(at);
      if (token.is("LONG") && !follows(1, "VARBINARY")) {
        longText();
      } else if (token.is("BINARY") && isSign(1, '(') && follows(2, "0")) {
        replace(at, at, "VARBINARY"); // of length 0 the parser makes 10, and it would be padded
        at++;
      } else if (token.kind() == SqlTokens.Kind.WORD
          && TEXTS.contains(token.upper())
          && !follows(1, "SET")
          && (!token.is("SET", "ENUM") || isSign(1, '('))) {
        at++;
        type();
      } else {
        at++;
      }
    }
  }

  /** {@code LONG}, {@code LONG VARCHAR}, {@code LONG CHAR VARYING}. */
  private void longText() {
    int last = at;
    if (follows(1, "VARCHAR", "VARCHARACTER")) {
      last = at + 1;
    } else if (follows(1, "CHAR", "CHARACTER") && follows(2, "VARYING")) {
      last = at + 2;
    }
    boolean type = last > at || at > 0 && tokens.get(at - 1).isName();
    if (type) {
      replace(at, last, "MEDIUMTEXT");
    }
    at = last + 1;
    if (type) {
      attributes();
    }
  }

  /** What follows the name of a type: a length or values, then attributes. */
  private void type() {
    while (follows(0, "VARYING", "VARCHAR", "VARCHARACTER")) {
      at++;
    }
    if (isSign(0, '(')) {
      at = afterParenthesis(at);
    }
    attributes();
  }

  private void attributes() {
    int first = at;
    @Nullable String charset = null;
    boolean told = false;
    while (at < tokens.size()) {
      if (follows(0, "ASCII", "UNICODE", "BYTE")) {
        charset =
            switch (tokens.get(at).upper()) {
              case "ASCII" -> "latin1";
              case "UNICODE" -> "ucs2";
              default -> "binary";
            };
        replace(at, at, "");
        at++;
      } else if (follows(0, "BINARY")) {
        replace(at, at, "");
        at++;
      } else if (follows(0, "CHARSET")) {
        told = true;
        at += 2;
      } else if (follows(0, "CHARACTER", "CHAR") && follows(1, "SET")) {
        told = true;
        at += 3;
      } else {
        break;
      }
    }
    if (charset == null && !told && collatedAsBinary()) {
      charset = "binary";
    }
    if (charset != null && first > 0) {
      int end = tokens.get(first - 1).end();
      edits.add(new Edit(end, end, " CHARACTER SET " + charset));
    }
  }

  /** Whether the rest of the column's definition says {@code COLLATE binary}. */
  private boolean collatedAsBinary() {
    int depth = 0;
    for (int i = at; i + 1 < tokens.size() && depth >= 0; i++) {
      Token token = tokens.get(i);
      if (token.isSign('(')) {
        depth++;
      } else if (token.isSign(')')) {
        depth--;
      } else if (depth == 0 && token.isSign(',')) {
        return false;
      } else if (depth == 0
          && token.is("COLLATE")
          && tokens.get(i + 1).text().equalsIgnoreCase("binary")) {
        return true;
      }
    }
    return false;
  }

  private int afterParenthesis(int open) {
    int depth = 0;
    for (int i = open; i < tokens.size(); i++) {
      if (tokens.get(i).isSign('(')) {
        depth++;
      } else if (tokens.get(i).isSign(')') && --depth == 0) {
        return i + 1;
      }
    }
    return tokens.size();
  }

  private boolean follows(int distance, String... keywords) {
    return at + distance < tokens.size() && tokens.get(at + distance).is(keywords);
  }

  private boolean isSign(int distance, char sign) {
    return at + distance < tokens.size() && tokens.get(at + distance).isSign(sign);
  }

  private void replace(int first, int last, String text) {
    edits.add(new Edit(tokens.get(first).start(), tokens.get(last).end(), text));
  }

  private String edited() {
    if (edits.isEmpty()) {
      return sql;
    }
    edits.sort(Comparator.comparingInt(Edit::start).thenComparing(Edit::end));
    StringBuilder text = new StringBuilder(sql.length() + 32);
    int done = 0;
    for (Edit edit : edits) {
      text.append(sql, done, edit.start()).append(edit.text());
      done = edit.end();
    }
    return text.append(sql, done, sql.length()).toString();
  }
}
