package io.sluice.cdc.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

class VanishingTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  @DisabledIfEnvironmentVariable(
      named = "CDC_TEST_MYSQL_IMAGE",
      matches = ".+",
      disabledReason = "containers are removed by Testcontainers' reaper, which may be turned off")
  void serversAndFoldersVanishWhenTheirJvmIsKilled(@TempDir Path temporary) throws IOException {
    Process owner = startOwner(temporary);
    String[] told = firstLine(owner).split(" ");
    long mysql = Long.parseLong(told[0]);
    long s3 = Long.parseLong(told[1]);
    assertThat(Path.of(told[2])).isDirectory();
    assertThat(isRunning(mysql) && isRunning(s3)).isTrue();

    owner.destroyForcibly();

    await().atMost(SOON).until(() -> !isRunning(mysql) && !isRunning(s3));
    await().atMost(SOON).until(() -> content(temporary).isEmpty());
  }

  @Test
  void serversAndFoldersVanishWhenTheirJvmEndsWithoutClosingThem(@TempDir Path temporary)
      throws Exception {
    Process owner = startOwner(temporary);
    long mysql = Long.parseLong(firstLine(owner).split(" ")[0]);
    owner.getOutputStream().close();
    assertThat(owner.waitFor()).isZero();
    await().atMost(SOON).until(() -> !isRunning(mysql) && content(temporary).isEmpty());
  }

  @Test
  void serversVanishWhenTheyAreClosedAndMayBeClosedTwice() throws IOException {
    TestServers servers = TestServers.open();
    long mysql = servers.mysql().pid();
    Path objects = servers.s3().bucketFolder("lake").orElseThrow().getParent();
    servers.close();
    servers.close();
    assertThat(isRunning(mysql)).isFalse();
    assertThat(objects).doesNotExist();
  }

  private static Process startOwner(Path temporary) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.io.tmpdir=" + temporary,
            "-cp",
            System.getProperty("java.class.path"),
            Sacrifice.class.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String firstLine(Process process) throws IOException {
    String line =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
    assertThat(line).as("what the owner of the servers says").isNotNull();
    return line;
  }

  /** A process that died but that nobody asked for its exit code does not run any more. */
  private static boolean isRunning(long pid) throws IOException {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    if (!Files.isDirectory(Path.of("/proc/self"))) {
      return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
    try {
      return !Files.readString(status).contains("State:\tZ");
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static List<String> content(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(Path::getFileName)
          .map(Path::toString)
          .filter(name -> name.startsWith("sluice-"))
          .toList();
    }
  }
}
