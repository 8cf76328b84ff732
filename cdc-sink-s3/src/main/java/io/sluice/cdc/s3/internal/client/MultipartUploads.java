package io.sluice.cdc.s3.internal.client;

import io.sluice.cdc.error.SinkException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** Objects that are uploaded in parts. Thread-safe. */
public final class MultipartUploads {
  private final S3Client client;
  private final Bucket bucket;
  private final Retries retries;

  MultipartUploads(S3Client client, Bucket bucket, Retries retries) {
    this.client = client;
    this.bucket = bucket;
    this.retries = retries;
  }

  /**
   * An upload that was begun.
   *
   * @param key of the object
   * @param id of the upload
   * @param begun when it was begun
   */
  public record Upload(String key, String id, Instant begun) {}

  /** Begins one. */
  public Upload begin(String key) throws InterruptedException {
    Request request = bucket.request("begin an upload of", "s3:PutObject", key);
    return retries
        .send(request, () -> client.createMultipartUpload(r -> r.bucket(bucket.name()).key(key)))
        .map(answer -> new Upload(key, answer.uploadId(), Instant.now()))
        .orElseThrow(() -> gone(key));
  }

  /** Uploads a part, numbered from 1; all but the last must have 5 MiB. */
  public CompletedPart put(Upload upload, int number, Body body) throws InterruptedException {
    Request request = bucket.request("upload a part of", "s3:PutObject", upload.key());
    return retries
        .send(request, () -> putPart(upload, number, body))
        .orElseThrow(() -> gone(upload.key()));
  }

  /** Makes the object out of its parts. */
  public void complete(Upload upload, List<CompletedPart> parts, long bytes)
      throws InterruptedException {
    Request request = bucket.request("complete the upload of", "s3:PutObject", upload.key());
    Optional<CompleteMultipartUploadResponse> answer =
        retries.send(
            request,
            () ->
                client.completeMultipartUpload(
                    r ->
                        r.bucket(bucket.name())
                            .key(upload.key())
                            .uploadId(upload.id())
                            .multipartUpload(m -> m.parts(parts))));
    // No such upload: an earlier attempt may have completed it, its answer was lost.
    Optional<HeadObjectResponse> object = bucket.head(upload.key());
    long size = object.map(HeadObjectResponse::contentLength).orElse(-1L);
    if (size != bytes) {
      throw new SinkException(
          "The upload of s3://"
              + bucket.name()
              + "/"
              + upload.key()
              + " ended "
              + (answer.isPresent() ? "well" : "unseen")
              + " but the object has "
              + (size < 0 ? "vanished" : size + " bytes")
              + " instead of "
              + bytes
              + " bytes",
          "Check the store; nothing was committed, start again");
    }
  }

  /** Gives it up and frees its parts; one that is gone is fine. */
  public void abort(Upload upload) throws InterruptedException {
    Request request =
        bucket.request("abort the upload of", "s3:AbortMultipartUpload", upload.key());
    retries.send(
        request,
        () ->
            client.abortMultipartUpload(
                r -> r.bucket(bucket.name()).key(upload.key()).uploadId(upload.id())));
  }

  /** Those under way below a prefix. */
  public List<Upload> list(String prefix) throws InterruptedException {
    Request request = bucket.request("list uploads of", "s3:ListBucketMultipartUploads", prefix);
    List<Upload> uploads = new ArrayList<>();
    String keyMarker = "";
    String idMarker = "";
    boolean more = true;
    while (more) {
      String key = keyMarker;
      String id = idMarker;
      Optional<ListMultipartUploadsResponse> page =
          retries.send(request, () -> page(prefix, key, id));
      page.ifPresent(p -> p.uploads().forEach(u -> add(uploads, u, prefix)));
      more = page.isPresent() && Boolean.TRUE.equals(page.get().isTruncated());
      keyMarker = page.map(ListMultipartUploadsResponse::nextKeyMarker).orElse("");
      idMarker = page.map(ListMultipartUploadsResponse::nextUploadIdMarker).orElse("");
    }
    return uploads;
  }

  private static void add(List<Upload> uploads, MultipartUpload upload, String prefix) {
    if (upload.key().startsWith(prefix)) {
      uploads.add(new Upload(upload.key(), upload.uploadId(), upload.initiated()));
    }
  }

  private ListMultipartUploadsResponse page(String prefix, String key, String id) {
    return client.listMultipartUploads(
        r -> {
          r.bucket(bucket.name()).prefix(prefix);
          if (!key.isEmpty()) {
            r.keyMarker(key).uploadIdMarker(id);
          }
        });
  }

  private CompletedPart putPart(Upload upload, int number, Body body) {
    UploadPartResponse answer =
        client.uploadPart(
            r ->
                r.bucket(bucket.name())
                    .key(upload.key())
                    .uploadId(upload.id())
                    .partNumber(number)
                    .contentMD5(body.base64()),
            Bucket.content(body));
    Etags.check(
        answer.eTag(),
        answer.serverSideEncryptionAsString(),
        body,
        upload.key() + " part " + number);
    return CompletedPart.builder().partNumber(number).eTag(answer.eTag()).build();
  }

  private SinkException gone(String key) {
    return new SinkException(
        "The upload of s3://" + bucket.name() + "/" + key + " is gone, another process aborted it",
        "Make sure that one process runs for this pipeline and that no lifecycle rule aborts uploads within a day");
  }
}
