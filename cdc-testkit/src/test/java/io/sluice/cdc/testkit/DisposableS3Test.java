package io.sluice.cdc.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

class DisposableS3Test {
  private static final String LAKE = "lake";
  private static final int RACERS = 16;
  private static final int PART_BYTES = 5 << 20;

  private static DisposableS3 s3;
  private static S3Client client;

  @BeforeAll
  static void open() {
    s3 = DisposableS3.open();
    s3.createBucket(LAKE);
    client = S3Clients.of(s3);
  }

  @AfterAll
  static void close() {
    client.close();
    s3.close();
  }

  @Test
  void exactlyOneOfSixteenRacersWinsAConditionalPut() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(RACERS);
    try {
      for (int round = 0; round < 10; round++) {
        String key = "race/" + round;
        List<Callable<Integer>> racers = new ArrayList<>();
        for (int racer = 0; racer < RACERS; racer++) {
          String content = "racer " + racer;
          racers.add(() -> putIfAbsent(key, content));
        }
        List<Integer> answers = new ArrayList<>();
        for (Future<Integer> answer : pool.invokeAll(racers)) {
          answers.add(answer.get());
        }
        assertThat(answers).containsOnlyOnce(200).containsOnly(200, 412);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static int putIfAbsent(String key, String content) {
    return putIfAbsent(client, key, content);
  }

  private static int putIfAbsent(S3Client client, String key, String content) {
    try {
      client.putObject(
          b -> b.bucket(LAKE).key(key).ifNoneMatch("*"), RequestBody.fromString(content));
      return 200;
    } catch (S3Exception e) {
      return e.statusCode();
    }
  }

  @Test
  void headTellsSizeAndEtagOfAPlainFile() throws IOException {
    PutObjectResponse put =
        client.putObject(b -> b.bucket(LAKE).key("a/b c/ü.txt"), RequestBody.fromString("hello"));
    HeadObjectResponse head = client.headObject(b -> b.bucket(LAKE).key("a/b c/ü.txt"));
    assertThat(head.contentLength()).isEqualTo(5);
    assertThat(head.eTag()).isEqualTo(put.eTag()).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
    Path file = s3.bucketFolder(LAKE).orElseThrow().resolve("a/b c/ü.txt");
    assertThat(Files.readString(file)).isEqualTo("hello");
  }

  @Test
  void keepsAChecksumThatCameAsAHeaderAlsoOverACopy() {
    String sum = crc32c("hello".getBytes(UTF_8));
    PutObjectResponse put =
        client.putObject(
            b -> b.bucket(LAKE).key("sum").checksumCRC32C(sum), RequestBody.fromString("hello"));
    client.copyObject(
        b ->
            b.sourceBucket(LAKE)
                .sourceKey("sum")
                .destinationBucket(LAKE)
                .destinationKey("sum-copy"));
    assertThat(put.checksumCRC32C()).isEqualTo(sum);
    assertThat(head("sum").checksumCRC32C()).isEqualTo(sum);
    assertThat(head("sum-copy").checksumCRC32C()).isEqualTo(sum);
  }

  @Test
  void takesButForgetsAChecksumThatCameAsATrailer() {
    client.putObject(
        b -> b.bucket(LAKE).key("trailer").checksumAlgorithm(ChecksumAlgorithm.CRC32_C),
        RequestBody.fromString("hello"));
    assertThat(head("trailer").checksumCRC32C()).isNull();
  }

  private static String crc32c(byte[] content) {
    CRC32C sum = new CRC32C();
    sum.update(content);
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(Integer.BYTES).putInt((int) sum.getValue()).array());
  }

  private static HeadObjectResponse head(String key) {
    return client.headObject(b -> b.bucket(LAKE).key(key).checksumMode(ChecksumMode.ENABLED));
  }

  @Test
  void aBodyThatDoesNotMatchItsChecksumIsRefused() {
    assertThatExceptionOfType(S3Exception.class)
        .isThrownBy(
            () ->
                client.putObject(
                    b -> b.bucket(LAKE).key("wrong").checksumCRC32C("AAAAAA=="),
                    RequestBody.fromString("hello")))
        .satisfies(e -> assertThat(e.statusCode()).isEqualTo(400));
    assertThat(putIfAbsent("wrong", "free")).isEqualTo(200);
  }

  @Test
  void assemblesMultipartUploadsAndCopiesOnTheServer() throws IOException {
    byte[] content = new byte[PART_BYTES + 1_000];
    new Random(1).nextBytes(content);
    String upload =
        client
            .createMultipartUpload(
                b ->
                    b.bucket(LAKE)
                        .key("big")
                        .checksumAlgorithm(ChecksumAlgorithm.CRC32_C)
                        .checksumType(ChecksumType.FULL_OBJECT))
            .uploadId();
    List<CompletedPart> parts =
        List.of(
            part(upload, 1, content, 0, PART_BYTES), part(upload, 2, content, PART_BYTES, 1_000));
    String sum = crc32c(content);
    client.completeMultipartUpload(
        b ->
            b.bucket(LAKE)
                .key("big")
                .uploadId(upload)
                .checksumType(ChecksumType.FULL_OBJECT)
                .checksumCRC32C(sum)
                .multipartUpload(m -> m.parts(parts)));
    client.copyObject(
        b ->
            b.sourceBucket(LAKE).sourceKey("big").destinationBucket(LAKE).destinationKey("copied"));
    assertThat(head("big").checksumCRC32C()).isEqualTo(sum);
    assertThat(head("copied").checksumCRC32C()).isEqualTo(sum);
    assertThat(head("big").eTag()).endsWith("-2\"");
    assertThat(head("copied").contentLength()).isEqualTo(content.length);
    assertThat(client.getObjectAsBytes(b -> b.bucket(LAKE).key("copied")).asByteArray())
        .isEqualTo(content);
    assertThat(client.listMultipartUploads(b -> b.bucket(LAKE).prefix("big")).uploads()).isEmpty();
  }

  @Test
  void copiesAnObjectByParts() {
    byte[] content = new byte[PART_BYTES + 1];
    new Random(2).nextBytes(content);
    client.putObject(
        b -> b.bucket(LAKE).key("from").checksumCRC32C(crc32c(content)),
        RequestBody.fromBytes(content));
    String upload = client.createMultipartUpload(b -> b.bucket(LAKE).key("to")).uploadId();
    List<CompletedPart> parts =
        List.of(
            copyPart(upload, 1, "bytes=0-" + (PART_BYTES - 1)),
            copyPart(upload, 2, "bytes=" + PART_BYTES + "-" + PART_BYTES));
    client.completeMultipartUpload(
        b -> b.bucket(LAKE).key("to").uploadId(upload).multipartUpload(m -> m.parts(parts)));
    assertThat(client.getObjectAsBytes(b -> b.bucket(LAKE).key("to")).asByteArray())
        .isEqualTo(content);
    assertThat(head("to").checksumCRC32C()).isNull();
  }

  private static CompletedPart copyPart(String upload, int number, String range) {
    UploadPartCopyResponse response =
        client.uploadPartCopy(
            b ->
                b.sourceBucket(LAKE)
                    .sourceKey("from")
                    .destinationBucket(LAKE)
                    .destinationKey("to")
                    .uploadId(upload)
                    .partNumber(number)
                    .copySourceRange(range));
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(response.copyPartResult().eTag())
        .build();
  }

  private static CompletedPart part(
      String upload, int number, byte[] content, int from, int bytes) {
    byte[] slice = Arrays.copyOfRange(content, from, from + bytes);
    String sum = crc32c(slice);
    UploadPartResponse response =
        client.uploadPart(
            b -> b.bucket(LAKE).key("big").uploadId(upload).partNumber(number).checksumCRC32C(sum),
            RequestBody.fromBytes(slice));
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(response.eTag())
        .checksumCRC32C(sum)
        .build();
  }

  @Test
  void listsInKeyOrderAndByPages() {
    for (int i = 0; i < 25; i++) {
      putIfAbsent("list/%03d".formatted(i), "x");
    }
    List<String> keys =
        client
            .listObjectsV2Paginator(b -> b.bucket(LAKE).prefix("list/").maxKeys(10))
            .contents()
            .stream()
            .map(S3Object::key)
            .toList();
    assertThat(keys).hasSize(25).isSorted();
    assertThat(
            client
                .listObjectsV2(b -> b.bucket(LAKE).prefix("list/").startAfter("list/019"))
                .keyCount())
        .isEqualTo(5);
  }

  @Test
  void deletesAndAbortsAndSaysWhatIsMissing() {
    putIfAbsent("gone", "x");
    client.deleteObjects(
        b -> b.bucket(LAKE).delete(d -> d.objects(o -> o.key("gone"), o -> o.key("never-there"))));
    assertThatThrownBy(() -> client.headObject(b -> b.bucket(LAKE).key("gone")))
        .hasMessageContaining("404");
    String upload = client.createMultipartUpload(b -> b.bucket(LAKE).key("open/x")).uploadId();
    assertThat(client.listMultipartUploads(b -> b.bucket(LAKE).prefix("open/")).uploads())
        .hasSize(1);
    client.abortMultipartUpload(b -> b.bucket(LAKE).key("open/x").uploadId(upload));
    assertThat(client.listMultipartUploads(b -> b.bucket(LAKE).prefix("open/")).uploads())
        .isEmpty();
  }

  @Test
  void refusesARequestWithAWrongSignature() {
    try (S3Client stranger = S3Clients.of(s3, s3.endpoint(), "not-the-secret")) {
      assertThatExceptionOfType(S3Exception.class)
          .isThrownBy(() -> stranger.listObjectsV2(b -> b.bucket(LAKE)))
          .satisfies(e -> assertThat(e.statusCode()).isEqualTo(403));
    }
  }

  @Test
  void keepsObjectsAndConditionsOverKillAndRestart() {
    try (DisposableS3 own = DisposableS3.open()) {
      own.createBucket(LAKE);
      killAndRestart(own);
    }
  }

  private static void killAndRestart(DisposableS3 s3) {
    try (S3Client before = S3Clients.of(s3)) {
      assertThat(putIfAbsent(before, "kept", "first")).isEqualTo(200);
    }
    URI endpoint = s3.endpoint();
    s3.kill();
    s3.start();
    s3.restart();
    assertThat(s3.endpoint()).isEqualTo(endpoint);
    try (S3Client afterwards = S3Clients.of(s3)) {
      assertThat(putIfAbsent(afterwards, "kept", "second")).isEqualTo(412);
      assertThat(afterwards.getObjectAsBytes(b -> b.bucket(LAKE).key("kept")).asString(UTF_8))
          .isEqualTo("first");
    }
  }

  @Test
  void aGivenFolderOutlivesTheServer(@TempDir Path folder) {
    try (DisposableS3 lent = DisposableS3.open(folder);
        S3Client other = S3Clients.of(lent)) {
      lent.createBucket("own");
      other.putObject(b -> b.bucket("own").key("file"), RequestBody.fromString("content"));
    }
    assertThat(folder.resolve("own/file")).hasContent("content");
  }
}
