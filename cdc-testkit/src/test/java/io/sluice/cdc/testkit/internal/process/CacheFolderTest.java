package io.sluice.cdc.testkit.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTest {
  private static final String SETTING = "cdc.test.cache";

  @BeforeEach
  void useAnEmptyCache(@TempDir Path folder) {
    System.setProperty(SETTING, folder.toString());
  }

  @AfterEach
  void useTheRealCache() {
    System.clearProperty(SETTING);
  }

  @Test
  void makesAThingOnceForAllThreads() throws Exception {
    AtomicInteger made = new AtomicInteger();
    Callable<Path> ask = () -> CacheFolder.once("thing", folder -> fill(folder, made));
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Path> answers = new ArrayList<>();
      for (Future<Path> answer : pool.invokeAll(List.of(ask, ask, ask, ask, ask, ask, ask, ask))) {
        answers.add(answer.get());
      }
      assertThat(made).hasValue(1);
      assertThat(answers)
          .allSatisfy(folder -> assertThat(folder.resolve("file")).hasContent("content"));
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void startsAnewAfterAnAttemptThatFailedHalfWay() {
    AtomicInteger made = new AtomicInteger();
    assertThatThrownBy(() -> CacheFolder.once("thing", CacheFolderTest::failHalfWay))
        .hasMessageContaining("half way");
    Path folder = CacheFolder.once("thing", unfinished -> fill(unfinished, made));
    assertThat(folder).isDirectoryNotContaining(file -> file.endsWith("half"));
    assertThat(made).hasValue(1);
  }

  private static void failHalfWay(Path folder) throws IOException {
    Files.createDirectory(folder);
    Files.writeString(folder.resolve("half"), "half");
    throw new IOException("half way");
  }

  private static void fill(Path folder, AtomicInteger made) throws IOException {
    made.incrementAndGet();
    Files.createDirectory(folder);
    Files.writeString(folder.resolve("file"), "content");
  }
}
