package io.sluice.cdc.internal.transform;

import io.sluice.cdc.config.Protection;
import io.sluice.cdc.event.Column;
import io.sluice.cdc.event.ColumnType;
import io.sluice.cdc.event.LogicalType;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a protection makes of a column.
 *
 * @param column the column afterwards
 * @param change what is done to its values
 */
record ColumnProtection(Column column, Change change) {
  /** The mark of a column that nobody has chosen a protection for. */
  static final String NEW = "new";

  private static final String HASH = "hash:";
  private static final ColumnType TEXT = ColumnType.of(LogicalType.TEXT);

  /** Why it cannot be done to values of the type; null when it can. */
  static @Nullable String misfit(Protection protection, Column column, boolean inKey) {
    LogicalType type = column.type().logical();
    return switch (protection.action()) {
      case KEEP, HASH -> null;
      case MASK ->
          inKey ? keyWords() : type == LogicalType.BINARY ? "mask is not for binary columns" : null;
      case TRUNCATE ->
          inKey
              ? keyWords()
              : type != LogicalType.TEXT && type != LogicalType.BINARY
                  ? "truncate is for text and binary columns"
                  : null;
      case REDACT, DROP -> inKey ? keyWords() : null;
    };
  }

  private static String keyWords() {
    return "the column is part of the key, by which changes find their row: only hash and keep are possible";
  }

  /** {@link Protection.Action#DROP} has no column afterwards and is not for here. */
  static ColumnProtection of(Column c, Protection protection, @Nullable Keyed keyed) {
    return switch (protection.action()) {
      case KEEP -> new ColumnProtection(c, Change.NONE);
      case HASH -> {
        Keyed secret = Objects.requireNonNull(keyed, "checked by ProtectionConfig");
        yield with(c, TEXT, c.nullable(), HASH + secret.mark(), Change.hash(secret));
      }
      case MASK -> with(c, TEXT, c.nullable(), mark(protection), Change.mask(protection.length()));
      case TRUNCATE ->
          with(
              c,
              c.type(),
              c.nullable(),
              mark(protection),
              Change.truncate(protection.length(), c.type()));
      case REDACT -> {
        ColumnType type = protection.constant() == null ? c.type() : TEXT;
        yield with(c, type, true, mark(protection), Change.redact(protection.constant(), type));
      }
      case DROP -> throw new IllegalArgumentException("a dropped column is no column");
    };
  }

  /** For a column that nobody has chosen a protection for. */
  static ColumnProtection redactedAsNew(Column c) {
    return with(c, c.type(), true, NEW, Change.redact(null, c.type()));
  }

  /** Whether values of the column are hashes, made with whatever secret. */
  static boolean isHash(Column column) {
    String mark = column.protection();
    return mark != null && mark.startsWith(HASH);
  }

  private static String mark(Protection protection) {
    String name = protection.action().name().toLowerCase(Locale.ROOT);
    return protection.length() > 0 ? name + ":" + protection.length() : name;
  }

  private static ColumnProtection with(
      Column c, ColumnType type, boolean nullable, String mark, Change change) {
    return new ColumnProtection(new Column(c.name(), c.mysqlType(), type, nullable, mark), change);
  }
}
