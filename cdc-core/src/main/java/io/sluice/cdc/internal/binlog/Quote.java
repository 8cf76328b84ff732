package io.sluice.cdc.internal.binlog;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How messages quote statements. */
final class Quote {
  private static final int MOST = 500;

  /** Texts in single or double quotes, comments, and numbers; names in back-quotes stay. */
  private static final Pattern VALUES =
      Pattern.compile(
          "(`(?:[^`]|``)*`)|'(?:[^'\\\\]|\\\\.|'')*+'?|\"(?:[^\"\\\\]|\\\\.|\"\")*+\"?"
              + "|/\\*.*?\\*/|(?:--\\s|#)[^\\n]*|(?<![\\w$])\\d[\\w.]*",
          Pattern.DOTALL);

  private Quote() {}

  /**
   * A statement for a message.
   *
   * @param hideLiterals whether values in it are left out
   */
  static String of(String sql, boolean hideLiterals) {
    String text = hideLiterals ? withoutValues(sql) : sql;
    return text.length() <= MOST ? text : text.substring(0, MOST) + "…";
  }

  private static String withoutValues(String sql) {
    return VALUES
        .matcher(sql)
        .replaceAll(
            found -> found.group(1) == null ? "?" : Matcher.quoteReplacement(found.group(1)));
  }
}
