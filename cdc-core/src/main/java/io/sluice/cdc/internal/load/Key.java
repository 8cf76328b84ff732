package io.sluice.cdc.internal.load;

import io.sluice.cdc.event.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The key along which a table is cut, and the index that holds it.
 *
 * @param columns the key's columns in order
 * @param index the name of the index
 */
record Key(List<KeyColumn> columns, String index) {
  Key {
    columns = List.copyOf(columns);
  }

  String forceIndex() {
    return " FORCE INDEX (" + TableName.quote(index) + ")";
  }

  String orderBy(boolean descending) {
    return columns.stream()
        .map(c -> c.name() + (descending ? " DESC" : ""))
        .collect(Collectors.joining(", ", " ORDER BY ", ""));
  }

  /**
   * The WHERE clause for the rows after one bound and up to the other; empty when both are open.
   */
  String where(@Nullable List<String> after, @Nullable List<String> upTo) {
    List<String> conditions = new ArrayList<>();
    if (after != null) {
      conditions.add("(" + greater(after, 0) + ")");
    }
    if (upTo != null) {
      conditions.add("(" + notGreater(upTo, 0) + ")");
    }
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  /**
   * Rows are compared column by column in words that the server's range optimizer understands; it
   * reads the whole index for {@code (a, b) > (1, 2)}.
   */
  private String greater(List<String> bound, int i) {
    KeyColumn column = columns.get(i);
    String greater = column.greater(bound.get(i));
    return i == columns.size() - 1
        ? greater
        : greater + " OR (" + column.equal(bound.get(i)) + " AND (" + greater(bound, i + 1) + "))";
  }

  private String notGreater(List<String> bound, int i) {
    KeyColumn column = columns.get(i);
    return i == columns.size() - 1
        ? column.notGreater(bound.get(i))
        : column.less(bound.get(i))
            + " OR ("
            + column.equal(bound.get(i))
            + " AND ("
            + notGreater(bound, i + 1)
            + "))";
  }

  /** The condition that a row comes before a key. */
  String before(List<String> bound) {
    return "(" + less(bound, 0) + ")";
  }

  private String less(List<String> bound, int i) {
    KeyColumn column = columns.get(i);
    String less = column.less(bound.get(i));
    return i == columns.size() - 1
        ? less
        : less + " OR (" + column.equal(bound.get(i)) + " AND (" + less(bound, i + 1) + "))";
  }

  /**
   * The condition that the first columns are those of {@code prefix} but the last of them may be
   * less.
   */
  String startsUpTo(List<String> prefix) {
    List<String> conditions = new ArrayList<>();
    for (int i = 0; i < prefix.size() - 1; i++) {
      conditions.add(columns.get(i).equal(prefix.get(i)));
    }
    int last = prefix.size() - 1;
    conditions.add(columns.get(last).notGreater(prefix.get(last)));
    return String.join(" AND ", conditions);
  }
}
