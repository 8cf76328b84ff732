package io.sluice.cdc.bench.torture.judge;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A bucket in memory whose clock ticks with every write. */
final class MemoryStore implements Store {
  private final Map<String, byte[]> objects = new TreeMap<>();
  private final Map<String, Instant> times = new TreeMap<>();
  private long clock;

  void put(String key, byte[] content) {
    objects.put(key, content);
    times.put(key, Instant.ofEpochSecond(++clock));
  }

  void remove(String key) {
    objects.remove(key);
  }

  @Override
  public Map<String, Stat> list(String prefix) {
    Map<String, Stat> all = new TreeMap<>();
    objects.forEach(
        (key, content) -> {
          if (key.startsWith(prefix)) {
            all.put(
                key,
                new Stat(
                    content.length,
                    Onlooker.checksum(content),
                    times.getOrDefault(key, Instant.EPOCH)));
          }
        });
    return all;
  }

  @Override
  public Optional<byte[]> read(String key) {
    return Optional.ofNullable(objects.get(key));
  }
}
