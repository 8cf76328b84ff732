package io.sluice.cdc.spark;

import io.sluice.cdc.CdcPipeline;
import io.sluice.cdc.config.BatchConfig;
import io.sluice.cdc.config.LoadConfig;
import io.sluice.cdc.config.OnValueChange;
import io.sluice.cdc.config.SourceConfig;
import io.sluice.cdc.s3.S3Sink;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs a pipeline until it has taken everything that is there. Spark 3.5 has an ANTLR that
 * Debezium's parsers cannot be run with; where a class path of its own is named, the pipeline gets
 * a class loader of its own, as it has a process of its own everywhere else. Settings are texts,
 * for no other class is the same on both sides.
 */
public final class TestPipeline {
  private static final String CLASSPATH = System.getProperty("sluice.test.pipeline.classpath", "");

  private TestPipeline() {}

  static void catchUp(Map<String, String> settings) throws InterruptedException {
    if (CLASSPATH.isEmpty()) {
      run(settings);
      return;
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader apart = new URLClassLoader(urls(), ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(apart);
      apart
          .loadClass(TestPipeline.class.getName())
          .getMethod("run", Map.class)
          .invoke(null, settings);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException | IOException e) {
      throw new IllegalStateException(e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static URL[] urls() throws IOException {
    List<URL> urls = new ArrayList<>();
    urls.add(TestPipeline.class.getProtectionDomain().getCodeSource().getLocation());
    for (String entry :
        Files.readString(Path.of(CLASSPATH)).strip().split(File.pathSeparator, -1)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }

  /** Runs it here. */
  public static void run(Map<String, String> settings) throws InterruptedException {
    String id = settings.get("id");
    try (CdcPipeline pipeline =
        CdcPipeline.builder()
            .pipeline(id)
            .source(
                SourceConfig.builder()
                    .host(settings.get("host"))
                    .port(Integer.parseInt(settings.get("port")))
                    .user(settings.get("user"))
                    .password(settings.get("password"))
                    .include(id + ".*")
                    .build())
            .load(
                LoadConfig.DEFAULT
                    .withParallelism(2)
                    .withChunkBytes(1 << 20)
                    .withOnValueChange(OnValueChange.valueOf(settings.get("onValueChange"))))
            .batch(
                BatchConfig.DEFAULT
                    .withMaxAge(Duration.parse(settings.get("maxAge")))
                    .withMaxRows(Long.parseLong(settings.get("maxRows"))))
            .sink(sink(settings))
            .build()) {
      pipeline.stopWhenCaughtUp();
      pipeline.start();
      pipeline.awaitEnd();
    }
  }

  static S3Sink sink(Map<String, String> settings) {
    return S3Sink.builder()
        .endpoint(URI.create(settings.get("endpoint")))
        .region(settings.get("region"))
        .pathStyle(true)
        .credentials(settings.get("accessKey"), settings.get("secretKey"))
        .finalLocation("s3://lake/raw/" + settings.get("id"))
        .temporaryLocation("s3://lake-tmp/sluice")
        .build();
  }
}
