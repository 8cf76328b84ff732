package io.sluice.cdc.bench.run;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/** Hears what a following pipeline tells: when each commit was promoted. Thread-safe. */
final class Promotions implements BiConsumer<String, String> {
  private static final long START_TIMEOUT_SECONDS = 120;

  private final Map<Long, Long> microsByCommit = new ConcurrentHashMap<>();
  private final AtomicLong commits = new AtomicLong();
  private final AtomicLong files = new AtomicLong();
  private final CountDownLatch streaming = new CountDownLatch(1);

  @Override
  public void accept(String name, String value) {
    if (name.equals("state") && value.equals("STREAMING")) {
      streaming.countDown();
    }
    if (name.equals("promoted")) {
      String[] words = value.split(" ");
      microsByCommit.put(Long.valueOf(words[0]), Long.valueOf(words[1]));
      commits.incrementAndGet();
      files.addAndGet(Long.parseLong(words[3]));
    }
  }

  void awaitStreaming() throws InterruptedException {
    if (!streaming.await(START_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          "The pipeline does not stream after " + START_TIMEOUT_SECONDS + " s");
    }
  }

  /** When the commit was promoted, in microseconds since 1970. */
  long micros(long commit) {
    Long micros = microsByCommit.get(commit);
    if (micros == null) {
      throw new IllegalStateException(
          "There are files of commit " + commit + ", which was never told to be promoted");
    }
    return micros;
  }

  long commits() {
    return commits.get();
  }

  long files() {
    return files.get();
  }
}
