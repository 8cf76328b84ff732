package io.sluice.cdc.s3.internal.client;

import io.sluice.cdc.error.SinkException;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * One bucket. Every request is repeated as the policy allows unless it says otherwise; what fails
 * for good is a {@link SinkException} that names bucket, key and permission. Thread-safe.
 */
public final class Bucket {
  private static final int DELETE_AT_ONCE = 1000;
  private static final String JSON = "application/json";

  private final S3Client client;
  private final String name;
  private final String endpoint;
  private final Retries retries;

  /**
   * A bucket.
   *
   * @param client lent, never closed here
   * @param name of the bucket
   * @param endpoint for messages
   * @param policy how requests are repeated
   */
  public Bucket(S3Client client, String name, String endpoint, RetryPolicy policy) {
    this.client = client;
    this.name = name;
    this.endpoint = endpoint;
    this.retries = new Retries(policy);
  }

  /** This bucket with another policy. */
  public Bucket with(RetryPolicy policy) {
    return new Bucket(client, name, endpoint, policy);
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Where it is served. */
  public String endpoint() {
    return endpoint;
  }

  /** Large objects in it. */
  public MultipartUploads uploads() {
    return new MultipartUploads(client, this, retries);
  }

  /** Copies into it. */
  public Copies copies() {
    return new Copies(client, this, retries);
  }

  /** Writes an object, whether there is one or not. */
  public void put(String key, Body body, String contentType) throws InterruptedException {
    retries.send(
        request("write", "s3:PutObject", key),
        () -> {
          PutObjectResponse answer =
              client.putObject(putRequest(key, body, contentType, null), content(body));
          Etags.check(answer.eTag(), answer.serverSideEncryptionAsString(), body, name + "/" + key);
          return answer;
        });
  }

  /** Writes a small JSON object if there is none of that key. Sent once. */
  public PutResult putIfAbsent(String key, byte[] bytes) throws InterruptedException {
    Request request = request("write", "s3:PutObject", key);
    Body body = Body.of(bytes);
    try {
      client.putObject(putRequest(key, body, JSON, "*"), content(body));
      return new PutResult.Stored();
    } catch (SdkException e) {
      StoreFailure failure = StoreFailure.of(e);
      return switch (failure) {
        case EXISTS -> new PutResult.Exists();
        case CONFLICT -> new PutResult.Conflict(request.failed(e, failure));
        case TRANSIENT -> new PutResult.Doubtful(request.failed(e, failure));
        case INTERRUPTED -> throw Retries.interrupted(request, e);
        default -> new PutResult.Refused(request.failed(e, failure));
      };
    }
  }

  /** Writes a small JSON object, whether there is one or not. */
  public void putJson(String key, byte[] bytes) throws InterruptedException {
    put(key, Body.of(bytes), JSON);
  }

  /** The object, or nothing when there is none. */
  public Optional<byte[]> get(String key) throws InterruptedException {
    return retries.send(
        request("read", "s3:GetObject", key),
        () -> client.getObjectAsBytes(r -> r.bucket(name).key(key)).asByteArrayUnsafe());
  }

  /** Some bytes of the object, or nothing when there is none. */
  public Optional<byte[]> get(String key, long from, int length) throws InterruptedException {
    String range = "bytes=" + from + "-" + (from + length - 1);
    return retries.send(
        request("read", "s3:GetObject", key),
        () ->
            client.getObjectAsBytes(r -> r.bucket(name).key(key).range(range)).asByteArrayUnsafe());
  }

  /** Size, ETag and encryption of the object, or nothing when there is none. */
  public Optional<HeadObjectResponse> head(String key) throws InterruptedException {
    return retries.send(
        request("look at", "s3:GetObject", key),
        () -> client.headObject(r -> r.bucket(name).key(key)));
  }

  /** All keys that begin with the prefix and come after a key, in order. */
  public List<String> list(String prefix, String after) throws InterruptedException {
    List<String> keys = new ArrayList<>();
    String token = null;
    do {
      String from = token;
      ListObjectsV2Response page =
          retries
              .send(request("list", "s3:ListBucket", prefix), () -> page(prefix, after, from))
              .orElseThrow(() -> noBucket(prefix));
      page.contents().stream().map(S3Object::key).forEach(keys::add);
      token = Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
    } while (token != null);
    return keys;
  }

  /**
   * The first keys that begin with the prefix and come after a key, as many as one answer holds.
   */
  public List<String> firstKeys(String prefix, String after) throws InterruptedException {
    return retries
        .send(request("list", "s3:ListBucket", prefix), () -> page(prefix, after, null))
        .orElseThrow(() -> noBucket(prefix))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }

  /** Deletes objects; those that are not there are fine. */
  public void delete(List<String> keys) throws InterruptedException {
    for (int from = 0; from < keys.size(); from += DELETE_AT_ONCE) {
      List<String> some = keys.subList(from, Math.min(from + DELETE_AT_ONCE, keys.size()));
      Request request = request("delete", "s3:DeleteObject", some.get(0));
      Optional<DeleteObjectsResponse> answer = retries.send(request, () -> deleteSome(some));
      if (answer.isPresent() && answer.get().hasErrors()) {
        throw new SinkException(
            "Cannot delete "
                + request.place()
                + " and "
                + (answer.get().errors().size() - 1)
                + " more: "
                + answer.get().errors().get(0).message(),
            "Allow s3:DeleteObject on bucket " + name);
      }
    }
  }

  Request request(String what, String permission, String key) {
    return new Request(what, permission, name, key, endpoint);
  }

  static RequestBody content(Body body) {
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(body.bytes(), 0, body.length()),
        body.length(),
        "binary/octet-stream");
  }

  private PutObjectRequest putRequest(
      String key, Body body, String contentType, @Nullable String ifNoneMatch) {
    return PutObjectRequest.builder()
        .bucket(name)
        .key(key)
        .contentType(contentType)
        .contentMD5(body.base64())
        .ifNoneMatch(ifNoneMatch)
        .build();
  }

  private ListObjectsV2Response page(String prefix, String after, @Nullable String token) {
    return client.listObjectsV2(
        r -> {
          r.bucket(name).prefix(prefix);
          if (token != null) {
            r.continuationToken(token);
          } else if (!after.isEmpty()) {
            r.startAfter(after);
          }
        });
  }

  private DeleteObjectsResponse deleteSome(List<String> keys) {
    List<ObjectIdentifier> objects =
        keys.stream().map(key -> ObjectIdentifier.builder().key(key).build()).toList();
    Delete delete = Delete.builder().objects(objects).quiet(true).build();
    return client.deleteObjects(r -> r.bucket(name).delete(delete));
  }

  private SinkException noBucket(String prefix) {
    return new SinkException(
        "Cannot list s3://" + name + "/" + prefix + " at " + endpoint + ": there is no such bucket",
        "Create the bucket " + name + ", or correct s3.final or s3.temporary, whichever names it");
  }
}
