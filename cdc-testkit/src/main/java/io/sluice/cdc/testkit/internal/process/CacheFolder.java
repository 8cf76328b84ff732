package io.sluice.cdc.testkit.internal.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Things that are made once and used again by later runs: the unpacked server, a fresh data folder.
 *
 * <p>It is {@code cdc.test.cache} when that is set, else a folder in the user's cache, else in the
 * temporary folder. Several threads and several processes may ask for the same thing at once: one
 * makes it, the others wait.
 */
public final class CacheFolder {
  private static final String NAME = "sluice-testkit";
  private static final ReentrantLock THREADS = new ReentrantLock();

  private CacheFolder() {}

  /** Makes what a cache entry holds, in a folder that does not exist yet. */
  public interface Maker {
    void make(Path folder) throws IOException;
  }

  /** The entry's folder, made now if no run made it before. Its content must not be changed. */
  public static Path once(String entry, Maker maker) {
    try {
      Path root = root();
      Path folder = root.resolve(entry);
      return Files.isDirectory(folder) ? folder : makeLocked(root, folder, maker);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot prepare " + entry + " in the cache folder: " + e.getMessage(), e);
    }
  }

  private static Path makeLocked(Path root, Path folder, Maker maker) throws IOException {
    THREADS.lock(); // a file lock is held by the whole JVM and would fail, not wait, for a second
    // thread
    try (FileChannel channel =
            FileChannel.open(
                root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid() && !Files.isDirectory(folder)) {
        make(folder, maker);
      }
      return folder;
    } finally {
      THREADS.unlock();
    }
  }

  private static void make(Path folder, Maker maker) throws IOException {
    Path unfinished = folder.resolveSibling(folder.getFileName() + ".unfinished");
    Folders.delete(unfinished); // left by a run that died
    maker.make(unfinished);
    Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path root() throws IOException {
    String set = Setting.of("cdc.test.cache").orElse("");
    if (!set.isEmpty()) {
      return Files.createDirectories(Path.of(set).toAbsolutePath());
    }
    Path home =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .map(Path::of)
            .orElse(Path.of(property("user.home"), ".cache"));
    try {
      Path folder = Files.createDirectories(home.resolve(NAME));
      if (Files.isWritable(folder)) {
        return folder;
      }
    } catch (IOException e) {
      return temporary(); // no home, or one that cannot be written: containers and build users have
      // that
    }
    return temporary();
  }

  private static Path temporary() throws IOException {
    return Files.createDirectories(
        Path.of(property("java.io.tmpdir"), NAME + "-" + property("user.name")));
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    return value == null ? "." : value;
  }
}
