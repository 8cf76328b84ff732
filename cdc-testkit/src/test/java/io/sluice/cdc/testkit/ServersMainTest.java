package io.sluice.cdc.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ServersMainTest {
  @Test
  void tellsWhereTheServersAreAndEndsWithItsInput() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ServersMain.class.getName(),
                "lake")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    process.getOutputStream().close();
    try (InputStream output = process.getInputStream()) {
      assertThat(new String(output.readAllBytes(), UTF_8))
          .contains(
              "mysql.port=", "mysql.password=", "s3.endpoint=http://127.0.0.1:", "s3.secretKey=")
          .endsWith("ready\n");
    }
    assertThat(process.waitFor()).isZero();
  }
}
