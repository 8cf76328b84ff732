package io.sluice.cdc.spark.internal.lake;

import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types.DecimalType;

/** Which types hold every value of another one. */
public final class Widening {
  private Widening() {}

  /** Iceberg changes the type, and reads older files as the new one. */
  static boolean byIceberg(Type from, Type to) {
    return to.isPrimitiveType() && TypeUtil.isPromotionAllowed(from, to.asPrimitiveType());
  }

  /** The value stays what it is, but Iceberg does not read older files so. */
  static boolean byRewriting(Type from, Type to) {
    return to instanceof DecimalType wide
        && digitsBefore(from) >= 0
        && wide.precision() - wide.scale() >= digitsBefore(from)
        && wide.scale() >= scale(from);
  }

  /** Either. */
  public static boolean isLegal(Type from, Type to) {
    return from.equals(to) || byIceberg(from, to) || byRewriting(from, to);
  }

  private static int digitsBefore(Type type) {
    return switch (type.typeId()) {
      case INTEGER -> 10;
      case LONG -> 19;
      case DECIMAL -> ((DecimalType) type).precision() - ((DecimalType) type).scale();
      default -> -1;
    };
  }

  private static int scale(Type type) {
    return type instanceof DecimalType decimal ? decimal.scale() : 0;
  }
}
