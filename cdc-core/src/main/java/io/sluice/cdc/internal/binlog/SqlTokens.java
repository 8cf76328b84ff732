package io.sluice.cdc.internal.binlog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of a statement. Comments are left out, but the content of those that MySQL runs (they
 * begin with an exclamation mark) is taken.
 */
final class SqlTokens {
  private final String sql;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private SqlTokens(String sql) {
    this.sql = sql;
  }

  /** What a token is. */
  enum Kind {
    /** A word without quotes: a keyword, a name or a number. */
    WORD,
    /** Something in back-quotes or double quotes: a name where a name may stand. */
    QUOTED,
    /** A text in single quotes. */
    TEXT,
    /** One other character. */
    SIGN
  }

  /**
   * A token.
   *
   * @param text without quotes
   * @param start where it begins in the statement
   * @param end where it ends there, exclusive
   */
  record Token(Kind kind, String text, int start, int end) {
    /** Whether it is one of these keywords. */
    boolean is(String... keywords) {
      if (kind != Kind.WORD) {
        return false;
      }
      for (String keyword : keywords) {
        if (text.equalsIgnoreCase(keyword)) {
          return true;
        }
      }
      return false;
    }

    boolean isSign(char sign) {
      return kind == Kind.SIGN && text.charAt(0) == sign;
    }

    boolean isName() {
      return kind == Kind.WORD || kind == Kind.QUOTED;
    }

    String upper() {
      return text.toUpperCase(Locale.ROOT);
    }
  }

  static List<Token> of(String sql) {
    SqlTokens reader = new SqlTokens(sql);
    reader.read();
    return reader.tokens;
  }

  private void read() {
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (c == '#' || startsDashComment()) {
        skipLine();
      } else if (sql.startsWith("/*", at)) {
        comment();
      } else if (sql.startsWith("*/", at)) {
        at += 2; // the end of a comment that MySQL runs
      } else if (c == '`' || c == '"') {
        quoted(c, Kind.QUOTED);
      } else if (c == '\'') {
        quoted(c, Kind.TEXT);
      } else if (isWordPart(c)) {
        word();
      } else {
        at++;
        tokens.add(new Token(Kind.SIGN, String.valueOf(c), at - 1, at));
      }
    }
  }

  private boolean startsDashComment() {
    return sql.startsWith("--", at)
        && (at + 2 == sql.length() || Character.isWhitespace(sql.charAt(at + 2)));
  }

  private void skipLine() {
    int end = sql.indexOf('\n', at);
    at = end < 0 ? sql.length() : end + 1;
  }

  private void comment() {
    if (sql.startsWith("/*!", at)) {
      at += 3;
      while (at < sql.length() && Character.isDigit(sql.charAt(at))) {
        at++;
      }
      return;
    }
    int end = sql.indexOf("*/", at + 2);
    at = end < 0 ? sql.length() : end + 2;
  }

  private void quoted(char quote, Kind kind) {
    StringBuilder text = new StringBuilder();
    int start = at++;
    while (at < sql.length()) {
      char c = sql.charAt(at++);
      if (c == '\\' && quote != '`' && at < sql.length()) {
        text.append(sql.charAt(at++));
      } else if (c != quote) {
        text.append(c);
      } else if (at < sql.length() && sql.charAt(at) == quote) {
        text.append(quote);
        at++;
      } else {
        break;
      }
    }
    tokens.add(new Token(kind, text.toString(), start, at));
  }

  private void word() {
    int start = at;
    while (at < sql.length() && isWordPart(sql.charAt(at))) {
      at++;
    }
    tokens.add(new Token(Kind.WORD, sql.substring(start, at), start, at));
  }

  /** What MySQL lets stand in a name without quotes, and digits. */
  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c == '@' || c >= 0x80;
  }
}
