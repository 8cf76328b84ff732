package io.sluice.cdc.testkit.internal.mysql;

import io.sluice.cdc.testkit.internal.process.CacheFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one library that the bundled server wants and that fresh Debian and Ubuntu systems lack.
 * Newer ones carry it under another file name with the same content; then a private link with the
 * old name serves.
 */
final class Libaio {
  private static final String WANTED = "libaio.so.1";
  private static final String RENAMED = "libaio.so.1t64";
  private static final List<Path> FOLDERS =
      List.of(
          Path.of("/lib/x86_64-linux-gnu"),
          Path.of("/usr/lib/x86_64-linux-gnu"),
          Path.of("/lib64"),
          Path.of("/usr/lib64"),
          Path.of("/lib"),
          Path.of("/usr/lib"),
          Path.of("/usr/local/lib"));

  private Libaio() {}

  /** Whether the server's answer says that the library is missing. */
  static boolean isMissing(String answer) {
    return answer.contains(WANTED) && answer.contains("cannot open shared object file");
  }

  /** What lets the server find the renamed library. */
  static Map<String, String> environment() {
    return environment(FOLDERS);
  }

  static Map<String, String> environment(List<Path> folders) {
    Path renamed = find(folders).orElseThrow(Libaio::absent);
    String entry = "libaio-" + Integer.toHexString(renamed.toString().hashCode());
    Path links = CacheFolder.once(entry, folder -> link(folder, renamed));
    String before = System.getenv("LD_LIBRARY_PATH");
    return Map.of("LD_LIBRARY_PATH", before == null ? links.toString() : links + ":" + before);
  }

  private static void link(Path folder, Path renamed) throws IOException {
    Files.createDirectories(folder);
    Files.createSymbolicLink(folder.resolve(WANTED), renamed);
  }

  private static Optional<Path> find(List<Path> folders) {
    return folders.stream()
        .map(folder -> folder.resolve(RENAMED))
        .filter(Files::exists)
        .findFirst();
  }

  private static IllegalStateException absent() {
    return new IllegalStateException(
        "MySQL needs the library "
            + WANTED
            + ", which is not installed. Install the package libaio1 (Debian 12, Ubuntu 22.04 and older), libaio1t64"
            + " (Debian 13, Ubuntu 24.04 and newer) or libaio (Fedora, RHEL), for example: apt-get install libaio1."
            + " Or set cdc.test.mysql.path to an installed mysqld, or cdc.test.mysql.image to a MySQL image.");
  }
}
