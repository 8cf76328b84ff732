package io.sluice.cdc.internal.load;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Guesses a key that lies a given part of the way between two others. A bad guess costs balance,
 * never rows: the server snaps it to a row and compares it.
 */
final class KeyBetween {
  private static final int SCALE = 40;

  private KeyBetween() {}

  /**
   * The first columns of a key between the two: those that both share and one more.
   *
   * @param fraction how far from the first to the last, 0 to 1
   * @return null when the keys are equal or nothing is known to lie between
   */
  static @Nullable List<String> of(
      Key key, List<String> first, List<String> last, double fraction) {
    int i = 0;
    while (i < first.size() && first.get(i).equals(last.get(i))) {
      i++;
    }
    if (i == first.size()) {
      return null;
    }
    String value = value(key.columns().get(i), first.get(i), last.get(i), fraction);
    if (value == null) {
      return null;
    }
    List<String> prefix = new ArrayList<>(first.subList(0, i));
    prefix.add(value);
    return prefix;
  }

  private static @Nullable String value(KeyColumn column, String a, String b, double fraction) {
    return switch (column.kind()) {
      case NUMBER, YEAR -> number(column, a, b, fraction);
      case ENUM -> enumeration(column, a, b, fraction);
      case DATE -> TimeText.date(linear(TimeText.ofDate(a), TimeText.ofDate(b), fraction));
      case DATETIME ->
          TimeText.dateTime(linear(TimeText.ofDateTime(a), TimeText.ofDateTime(b), fraction));
      case TIME -> TimeText.time(linear(TimeText.ofTime(a), TimeText.ofTime(b), fraction));
      case TEXT -> TextBetween.of(a, b, column.collation(), fraction);
      case BINARY -> binary(a, b, fraction);
    };
  }

  private static String number(KeyColumn column, String a, String b, double fraction) {
    BigDecimal from = new BigDecimal(a);
    BigDecimal between =
        from.add(new BigDecimal(b).subtract(from).multiply(BigDecimal.valueOf(fraction)));
    return switch (column.type().name()) {
      case "float", "double" -> Double.toString(between.doubleValue());
      case "decimal" -> between.setScale(column.type().scale(), RoundingMode.FLOOR).toPlainString();
      default -> between.setScale(0, RoundingMode.FLOOR).toPlainString();
    };
  }

  private static @Nullable String enumeration(
      KeyColumn column, String a, String b, double fraction) {
    long ordinal = linear(column.ordinal(a), column.ordinal(b), fraction);
    return ordinal < 1 ? null : column.members().value((int) ordinal);
  }

  private static long linear(long a, long b, double fraction) {
    return a + (long) ((b - a) * fraction);
  }

  /** Takes what follows the common beginning as digits of base 256. */
  private static String binary(String a, String b, double fraction) {
    int common = 2;
    while (common < a.length() && common < b.length() && a.charAt(common) == b.charAt(common)) {
      common++;
    }
    common -= common % 2;
    BigDecimal from = fractionOf(a.substring(common));
    BigDecimal to = fractionOf(b.substring(common));
    BigDecimal between =
        from.add(to.subtract(from).multiply(BigDecimal.valueOf(fraction)))
            .multiply(BigDecimal.valueOf(2).pow(64))
            .setScale(0, RoundingMode.FLOOR);
    String digits = between.toBigInteger().max(BigInteger.ZERO).toString(16);
    String padded = "0".repeat(Math.max(0, 16 - digits.length())) + digits;
    return a.substring(0, common) + padded.substring(padded.length() - 16);
  }

  private static BigDecimal fractionOf(String hex) {
    String digits = (hex + "0".repeat(16)).substring(0, 16);
    return new BigDecimal(new BigInteger(digits, 16))
        .divide(BigDecimal.valueOf(2).pow(64), SCALE, RoundingMode.FLOOR);
  }
}
