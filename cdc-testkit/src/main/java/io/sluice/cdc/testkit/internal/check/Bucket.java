package io.sluice.cdc.testkit.internal.check;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** One bucket, read only. */
public final class Bucket {
  private final S3Client s3;
  private final String name;

  /** The client stays the caller's. */
  public Bucket(S3Client s3, String name) {
    this.s3 = s3;
    this.name = name;
  }

  /** Keys below the prefix with their sizes, in order. */
  Map<String, Long> list(String prefix) {
    Map<String, Long> sizes = new TreeMap<>();
    for (S3Object object :
        s3.listObjectsV2Paginator(r -> r.bucket(name).prefix(prefix)).contents()) {
      sizes.put(object.key(), object.size());
    }
    return sizes;
  }

  byte[] read(String key) {
    return s3.getObject(r -> r.bucket(name).key(key), ResponseTransformer.toBytes()).asByteArray();
  }

  void download(String key, Path file) {
    s3.getObject(r -> r.bucket(name).key(key), ResponseTransformer.toFile(file));
  }
}
