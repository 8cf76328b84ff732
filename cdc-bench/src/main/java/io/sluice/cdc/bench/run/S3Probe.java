package io.sluice.cdc.bench.run;

import io.sluice.cdc.testkit.DisposableS3;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * How long the S3 server takes for a request while the pipeline works: a few times a second it puts
 * a small object, looks at it, copies it and deletes both. Owns its client and its thread.
 */
final class S3Probe implements AutoCloseable {
  private static final int OBJECT_BYTES = 16 * 1024;
  private static final long PAUSE_NANOS = 200_000_000;
  private static final String BUCKET = "bench-probe";

  /** A kind of request. */
  enum Request {
    PUT,
    HEAD,
    COPY,
    DELETE
  }

  /** A request to be timed. */
  @FunctionalInterface
  private interface Call {
    void send();
  }

  private final Map<Request, List<Double>> millis = new EnumMap<>(Request.class);
  private final S3Client client;
  private final Thread thread = new Thread(this::run, "s3-probe");
  private volatile boolean closed;

  private S3Probe(S3Client client) {
    this.client = client;
  }

  /** Begins. */
  static S3Probe open(DisposableS3 s3) {
    s3.createBucket(BUCKET);
    S3Client client =
        S3Client.builder()
            .endpointOverride(s3.endpoint())
            .forcePathStyle(true)
            .region(Region.of(s3.region()))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(s3.accessKey(), s3.secretKey())))
            .build();
    S3Probe probe = new S3Probe(client);
    probe.thread.setDaemon(true);
    probe.thread.start();
    return probe;
  }

  private void run() {
    RequestBody body = RequestBody.fromBytes(new byte[OBJECT_BYTES]);
    for (int i = 0; !closed; i++) {
      String key = "object-" + i;
      String copy = "copy-" + i;
      time(Request.PUT, () -> client.putObject(r -> r.bucket(BUCKET).key(key), body));
      time(Request.HEAD, () -> client.headObject(r -> r.bucket(BUCKET).key(key)));
      time(
          Request.COPY,
          () ->
              client.copyObject(
                  r ->
                      r.sourceBucket(BUCKET)
                          .sourceKey(key)
                          .destinationBucket(BUCKET)
                          .destinationKey(copy)));
      time(Request.DELETE, () -> client.deleteObject(r -> r.bucket(BUCKET).key(key)));
      client.deleteObject(r -> r.bucket(BUCKET).key(copy));
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void time(Request request, Call call) {
    long begun = System.nanoTime();
    call.send();
    millis.computeIfAbsent(request, r -> new ArrayList<>()).add((System.nanoTime() - begun) / 1e6);
  }

  /** Ends, and tells the times in milliseconds. */
  Map<Request, double[]> stop() throws InterruptedException {
    closed = true;
    thread.join();
    Map<Request, double[]> times = new EnumMap<>(Request.class);
    millis.forEach(
        (request, list) ->
            times.put(request, list.stream().mapToDouble(Double::doubleValue).toArray()));
    return times;
  }

  @Override
  public void close() throws InterruptedException {
    stop();
    client.close();
  }
}
