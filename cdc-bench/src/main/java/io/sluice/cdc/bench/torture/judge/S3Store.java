package io.sluice.cdc.bench.torture.judge;

import io.sluice.cdc.testkit.DisposableS3;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** One bucket of an S3 server, past every proxy. Thread-safe; owns its client. */
public final class S3Store implements Store, AutoCloseable {
  private final S3Client client;
  private final String bucket;

  /** Connects to the bucket. */
  public S3Store(DisposableS3 s3, String bucket) {
    this.bucket = bucket;
    this.client =
        S3Client.builder()
            .endpointOverride(s3.endpoint())
            .region(Region.of(s3.region()))
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(s3.accessKey(), s3.secretKey())))
            .httpClientBuilder(Apache5HttpClient.builder())
            .build();
  }

  @Override
  public Map<String, Stat> list(String prefix) {
    Map<String, Stat> all = new TreeMap<>();
    for (S3Object o :
        client.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix)).contents()) {
      all.put(o.key(), new Stat(o.size(), o.eTag(), o.lastModified()));
    }
    return all;
  }

  @Override
  public Optional<byte[]> read(String key) {
    try {
      return Optional.of(
          client
              .getObject(r -> r.bucket(bucket).key(key), ResponseTransformer.toBytes())
              .asByteArray());
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    }
  }

  /** Keys of uploads in parts that were begun and neither completed nor aborted. */
  public List<String> openUploads(String prefix) {
    return client.listMultipartUploadsPaginator(r -> r.bucket(bucket)).uploads().stream()
        .map(MultipartUpload::key)
        .filter(key -> key.startsWith(prefix))
        .toList();
  }

  /** Writes an object, for a fault that damages what is there. */
  public void write(String key, byte[] content) {
    client.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(content));
  }

  /** Removes an object. */
  public void delete(String key) {
    client.deleteObject(r -> r.bucket(bucket).key(key));
  }

  @Override
  public void close() {
    client.close();
  }
}
