package io.sluice.cdc.spark.internal.lake;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;

/** Reads {@code days(created_at), bucket(16, id), country}. */
public final class Partitions {
  private static final Pattern PART =
      Pattern.compile(
          "\\s*(?:(\\w+)\\s*\\(\\s*(?:(\\d+)\\s*,\\s*)?([^(),]+?)\\s*\\)|([^(),]+?))\\s*");
  private static final Pattern BETWEEN = Pattern.compile(",(?![^(]*\\))");

  private Partitions() {}

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException when it is none, or names a column that is not there; says
   *     what is allowed
   */
  static PartitionSpec parse(Schema schema, String text) {
    PartitionSpec.Builder spec = PartitionSpec.builderFor(schema).caseSensitive(false);
    for (String part : parts(text)) {
      add(spec, part);
    }
    return spec.build();
  }

  /** Looks at it before there is a table. */
  public static void check(String text) {
    parts(text).forEach(Partitions::matched);
  }

  private static List<String> parts(String text) {
    return text.isBlank() ? List.of() : List.of(BETWEEN.split(text, -1));
  }

  private static Matcher matched(String part) {
    Matcher m = PART.matcher(part);
    boolean known =
        m.matches()
            && (m.group(1) == null
                || (m.group(2) == null
                    ? "years months days hours identity".contains(lower(m.group(1)))
                    : "bucket truncate".contains(lower(m.group(1)))));
    if (!known) {
      throw new IllegalArgumentException(
          "'"
              + part.trim()
              + "' is no partition; write a column, or years(c), months(c), days(c), hours(c),"
              + " bucket(16, c), truncate(10, c)");
    }
    return m;
  }

  private static void add(PartitionSpec.Builder spec, String part) {
    Matcher m = matched(part);
    String column = m.group(1) == null ? m.group(4) : m.group(3);
    switch (m.group(1) == null ? "identity" : lower(m.group(1))) {
      case "years" -> spec.year(column);
      case "months" -> spec.month(column);
      case "days" -> spec.day(column);
      case "hours" -> spec.hour(column);
      case "bucket" -> spec.bucket(column, Integer.parseInt(m.group(2)));
      case "truncate" -> spec.truncate(column, Integer.parseInt(m.group(2)));
      default -> spec.identity(column);
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
