package io.sluice.cdc.s3.internal.stage;

import io.sluice.cdc.s3.internal.client.Body;
import io.sluice.cdc.s3.internal.client.Bucket;
import io.sluice.cdc.s3.internal.client.MultipartUploads;
import io.sluice.cdc.s3.internal.failpoint.FailPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Runs the requests of uploads on the sink's threads and counts their bytes. Thread-safe. */
public final class Transfers {
  /** With the array's header, eight regions of G1's smallest size. */
  private static final int PART_BYTES = (8 << 20) - 64;

  private static final String PARQUET = "application/vnd.apache.parquet";

  private final Bucket bucket;
  private final MultipartUploads uploads;
  private final Executor threads;
  private final MemoryBudget budget;

  /**
   * Transfers into a bucket.
   *
   * @param bucket the temporary one
   * @param threads where requests run
   * @param budget counts their bytes
   */
  public Transfers(Bucket bucket, Executor threads, MemoryBudget budget) {
    this.bucket = bucket;
    this.uploads = bucket.uploads();
    this.threads = threads;
    this.budget = budget;
  }

  int partBytes() {
    return budget.partBytes(PART_BYTES);
  }

  CompletableFuture<Void> put(String key, Body body) {
    budget.uploadBegins(body.bytes().length);
    return counted(
        body,
        run(
            () -> {
              bucket.put(key, body, PARQUET);
              FailPoint.AFTER_STAGED_PART.pass();
              return null;
            }));
  }

  Upload.Multipart begin(String key) {
    return new Upload.Multipart(key, run(() -> uploads.begin(key)));
  }

  /** Waits until few enough bytes are under way, then sends a part. */
  CompletableFuture<CompletedPart> part(Upload.Multipart upload, int number, Body body) {
    budget.partBegins(body.bytes().length);
    CompletableFuture<CompletedPart> part =
        upload
            .begun()
            .thenApplyAsync(
                begun ->
                    call(
                        () -> {
                          CompletedPart stored = uploads.put(begun, number, body);
                          FailPoint.AFTER_STAGED_PART.pass();
                          return stored;
                        }),
                threads);
    return counted(body, part);
  }

  CompletableFuture<Void> complete(
      Upload.Multipart upload, List<CompletableFuture<CompletedPart>> parts, long bytes) {
    List<CompletableFuture<CompletedPart>> all = List.copyOf(parts);
    return allOf(all)
        .thenApplyAsync(
            ready ->
                call(
                    () -> {
                      List<CompletedPart> list = all.stream().map(CompletableFuture::join).toList();
                      uploads.complete(upload.begun().join(), list, bytes);
                      return null;
                    }),
            threads);
  }

  CompletableFuture<Void> discard(
      String key,
      Upload.@Nullable Multipart upload,
      List<CompletableFuture<CompletedPart>> parts,
      @Nullable CompletableFuture<?> done) {
    List<CompletableFuture<?>> open = new ArrayList<>(parts);
    if (done != null) {
      open.add(done);
    }
    if (open.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return allOf(open)
        .handleAsync(
            (ended, failure) ->
                call(
                    () -> {
                      remove(key, upload);
                      return null;
                    }),
            threads);
  }

  private void remove(String key, Upload.@Nullable Multipart upload) throws InterruptedException {
    if (upload != null && !upload.begun().isCompletedExceptionally()) {
      uploads.abort(upload.begun().join());
    }
    bucket.delete(List.of(key));
  }

  /** Ends the count of a body under way with its request. */
  private <T> CompletableFuture<T> counted(Body body, CompletableFuture<T> request) {
    return request.whenComplete((stored, failure) -> budget.uploadEnded(body.bytes().length));
  }

  private <T> CompletableFuture<T> run(Callable<T> request) {
    return CompletableFuture.supplyAsync(() -> call(request), threads);
  }

  private static CompletableFuture<Void> allOf(List<? extends CompletableFuture<?>> all) {
    return CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0]));
  }

  private static <T> T call(Callable<T> request) {
    try {
      return request.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }
}
