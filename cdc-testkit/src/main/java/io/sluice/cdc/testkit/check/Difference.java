package io.sluice.cdc.testkit.check;

/**
 * One thing that is not as it must be. Parts that do not apply are empty.
 *
 * @param table the table, as {@code database.table}
 * @param key the row's key ({@code id=5}), or the object's key for a file or a log record
 * @param column the column
 * @param expected what MySQL says, or what the commit log says of a file
 * @param found what is in the bucket
 */
public record Difference(String table, String key, String column, String expected, String found) {

  /** For example {@code shop.orders, id=5, column total: expected 9.50, found 9.00}. */
  public String inWords() {
    StringBuilder words = new StringBuilder(table);
    append(words, key);
    append(words, column.isEmpty() ? "" : "column " + column);
    return words + ": expected " + expected + ", found " + found;
  }

  private static void append(StringBuilder words, String part) {
    if (!part.isEmpty()) {
      words.append(words.isEmpty() ? "" : ", ").append(part);
    }
  }

  @Override
  public String toString() {
    return inWords();
  }
}
