package io.sluice.cdc.testkit.internal.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Brings objects into a folder, several at once. */
final class Downloads {
  private static final int AT_ONCE = 8;

  private Downloads() {}

  /** Downloads each object to the file beside it in the lists. */
  static void fetch(Bucket bucket, List<String> keys, List<Path> files)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < keys.size(); i++) {
        String key = keys.get(i);
        Path file = files.get(i);
        running.add(threads.submit(() -> bucket.download(key, file)));
      }
      for (Future<?> download : running) {
        download.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "A file of the bucket cannot be downloaded: " + e.getCause(), e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
