package io.sluice.cdc.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.cdc.error.ConfigurationException;
import io.sluice.cdc.sink.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F17: a local disk is needed for one thing only, the codec's native library. */
class LocalDiskTest {
  private final Lake lake = new Lake();
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"zstd", "snappy"})
  void withoutATemporaryFolderTheCodecIsRefusedWithItsPath(String codec) throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(scribe(file, codec))
        .contains("parquet.compression: '" + codec + "'", file + " (no such folder)", "gzip");
  }

  /** The folder is there but nothing can be put into it, as on a disk that is full. */
  @Test
  void aFolderThatTakesNothingIsNamedWithItsFreeBytes() throws Exception {
    Path proc = Path.of("/proc");
    assumeTrue(Files.isDirectory(proc), "no /proc here");
    assertThat(scribe(proc, "zstd")).contains("/proc (0 bytes free)");
  }

  @Test
  void withoutNativeCodecsNoLocalDiskIsNeededAtAll() throws Exception {
    assertThat(scribe(folder.resolve("missing"), "gzip")).isEqualTo("written");
    assertThat(lake.query("select count(*) from {}", "shop", "t0")).containsExactly("10");
  }

  private String scribe(Path temporary, String codec) throws Exception {
    Path answer = folder.resolve("answer");
    Process process =
        ChildJvm.start(
            Scribe.class,
            List.of("-Djava.io.tmpdir=" + temporary),
            Map.of(),
            Lake.server().endpoint().toString(),
            lake.finalBucket,
            codec,
            answer.toString());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    return Files.readString(answer);
  }

  /** Writes ten rows with a codec; says how it went. */
  static final class Scribe {
    private Scribe() {}

    public static void main(String[] args) throws Exception {
      Path answer = Path.of(args[3]);
      try (S3Sink sink = ChildJvm.sink(args[0], args[1]).compression(args[2]).build()) {
        sink.open(Rows.PIPELINE);
        Stage stage = sink.stage();
        stage.write(Rows.noise(Rows.table("shop", "t0"), 1, 10, 30));
        S3SinkTest.commit(sink, stage, Rows.request(1, 10));
        Files.writeString(answer, "written");
      } catch (ConfigurationException e) {
        Files.writeString(answer, String.valueOf(e.getMessage()));
      }
    }
  }
}
