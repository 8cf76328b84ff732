package io.sluice.cdc.testkit.internal.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibaioTest {
  private static final String CACHE = "cdc.test.cache";

  @BeforeEach
  void useAnEmptyCache(@TempDir Path cache) {
    System.setProperty(CACHE, cache.toString());
  }

  @AfterEach
  void useTheRealCache() {
    System.clearProperty(CACHE);
  }

  @Test
  void knowsTheLoadersComplaint() {
    String complaint =
        "mysqld: error while loading shared libraries: libaio.so.1: cannot open shared object file: No such file or directory";
    assertThat(Libaio.isMissing(complaint)).isTrue();
    assertThat(
            Libaio.isMissing(
                "mysqld  Ver 8.0.15 for Linux on x86_64 (MySQL Community Server - GPL)"))
        .isFalse();
  }

  @Test
  void linksTheRenamedLibrary(@TempDir Path system) throws IOException {
    Path renamed = Files.writeString(system.resolve("libaio.so.1t64"), "the library");
    Map<String, String> environment = Libaio.environment(List.of(system));
    Path links = Path.of(environment.get("LD_LIBRARY_PATH").split(":")[0]);
    assertThat(links.resolve("libaio.so.1").toRealPath()).isEqualTo(renamed.toRealPath());
  }

  @Test
  void namesThePackageWhenTheLibraryIsNotThere(@TempDir Path empty) {
    assertThatThrownBy(() -> Libaio.environment(List.of(empty)))
        .hasMessageContaining("libaio1t64")
        .hasMessageContaining("libaio1 ")
        .hasMessageContaining("cdc.test.mysql.path");
  }
}
