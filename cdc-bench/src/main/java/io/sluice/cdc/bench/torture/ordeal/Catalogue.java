package io.sluice.cdc.bench.torture.ordeal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Every ordeal there is. */
public final class Catalogue {
  /** Asks for tables that are altered, whatever else happens. */
  public static final String DDL = "ddl";

  /** Random tables of all types, altered meanwhile. */
  public static final String TYPES = "types";

  private Catalogue() {}

  /** All of them. */
  public static List<Ordeal> all() {
    return Stream.of(
            Deaths.all(),
            StoreFaults.all(),
            LoudFaults.all(),
            Rivals.all(),
            ServerFaults.all(),
            Stops.all(),
            List.of(
                Ordeal.of(DDL, "kill -9 while tables are altered", 0, Deaths::random),
                Ordeal.of(TYPES, "kill -9 over random tables of all types", 0, Deaths::random),
                Ordeal.of("F46", "kill -9 under the eyes of a reader", 0, Deaths::random)))
        .flatMap(List::stream)
        .toList();
  }

  /**
   * A deck in random order, in which every ordeal is as often as its weight says.
   *
   * @param only the fault to take alone, or empty
   */
  public static List<Ordeal> deck(String only, Random random) {
    List<Ordeal> deck = new ArrayList<>();
    for (Ordeal ordeal : all()) {
      int times = only.isEmpty() ? ordeal.weight() : ordeal.fault().equalsIgnoreCase(only) ? 1 : 0;
      deck.addAll(Collections.nCopies(times, ordeal));
    }
    Collections.shuffle(deck, random);
    return deck;
  }
}
