package io.sluice.cdc.bench.torture.judge;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A bucket as a reader sees it. */
public interface Store {
  /** What a listing says of an object. */
  record Stat(long bytes, String etag, Instant modified) {}

  /** All objects below the prefix by key. */
  Map<String, Stat> list(String prefix);

  /** The content of an object, or empty when there is none. */
  Optional<byte[]> read(String key);
}
