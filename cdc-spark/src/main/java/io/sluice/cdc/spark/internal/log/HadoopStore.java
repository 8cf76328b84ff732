package io.sluice.cdc.spark.internal.log;

import io.sluice.cdc.s3.CommitLogReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** Objects as the file system has them that Spark reads Parquet with. Thread-safe. */
public final class HadoopStore implements CommitLogReader.Store {
  private final Path location;
  private final Configuration settings;

  /**
   * A store.
   *
   * @param location where Spark sees the final location, such as {@code s3a://lake/raw}
   * @param settings of the file system
   */
  public HadoopStore(String location, Configuration settings) {
    this.location = new Path(location);
    this.settings = settings;
  }

  @Override
  public byte @Nullable [] get(String key) throws IOException {
    Path path = new Path(location, key);
    FileSystem files = path.getFileSystem(settings);
    try (FSDataInputStream in = files.open(path)) {
      return in.readAllBytes();
    } catch (FileNotFoundException e) {
      return null;
    }
  }
}
