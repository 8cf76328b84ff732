package io.sluice.cdc.internal.load;

import io.sluice.cdc.event.MySqlType;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The values of an ENUM or SET and the numbers by which the server orders them: the place in the
 * list for an ENUM, a bit for each member for a SET. 0 is the empty SET, and what MySQL stores for
 * an error in an ENUM.
 *
 * @param members the values of the type, in order
 * @param isSet whether a value is any number of them
 */
record Members(List<String> members, boolean isSet) {
  /** Beyond any list that could be used. */
  private static final int MANY = 30;

  static Members of(MySqlType type) {
    return new Members(type.values(), type.name().equals("set"));
  }

  /** The greatest number that a value can have. */
  int last() {
    return isSet ? (1 << Math.min(members.size(), MANY)) - 1 : members.size();
  }

  /**
   * The number of a value.
   *
   * @throws IllegalStateException when the type has no such value any more
   */
  int number(String value) {
    if (!isSet) {
      return place(value);
    }
    int bits = 0;
    for (String member : value.isEmpty() ? new String[0] : value.split(",")) {
      bits |= 1 << (place(member) - 1);
    }
    return bits;
  }

  private int place(String value) {
    int index = members.indexOf(value);
    if (index < 0 && !value.isEmpty()) {
      throw new IllegalStateException("there is no value '" + value + "' any more");
    }
    return index + 1;
  }

  /** The value that has a number; the opposite of {@link #number}. */
  String value(int number) {
    if (!isSet) {
      return number == 0 ? "" : members.get(number - 1);
    }
    return IntStream.range(0, members.size())
        .filter(i -> (number & (1 << i)) != 0)
        .mapToObj(members::get)
        .collect(Collectors.joining(","));
  }
}
