package io.sluice.cdc.s3.sql;

import java.util.Collection;

/** Statements and comments, put together. */
final class SqlText {
  private final StringBuilder text = new StringBuilder();

  /** One line; what could end it, as a name may hold, becomes a blank. */
  void comment(String line) {
    text.append("-- ").append(line.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", " ")).append('\n');
  }

  void comments(Collection<String> lines) {
    lines.forEach(this::comment);
  }

  void statement(String sql) {
    text.append(sql).append(";\n");
  }

  void blank() {
    text.append('\n');
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
