package io.sluice.cdc.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.cdc.testkit.fault.Fault;
import io.sluice.cdc.testkit.fault.FaultRule;
import io.sluice.cdc.testkit.fault.RequestMatch;
import io.sluice.cdc.testkit.fault.S3Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;

class FaultProxyTest {
  private static final String LAKE = "lake";
  private static final RequestMatch PUTS = RequestMatch.of(S3Operation.PUT_OBJECT);
  private static final RequestMatch GETS = RequestMatch.of(S3Operation.GET_OBJECT);

  private static DisposableS3 s3;
  private static FaultProxy proxy;
  private static S3Client client;
  private static S3Client direct;
  private static final AtomicInteger KEYS = new AtomicInteger();

  private final String key = "some folder/key+" + KEYS.incrementAndGet();

  @BeforeAll
  static void open() {
    s3 = DisposableS3.open();
    s3.createBucket(LAKE);
    proxy = FaultProxy.open(s3);
    client = S3Clients.of(s3, proxy.endpoint(), s3.secretKey());
    direct = S3Clients.of(s3);
  }

  @AfterAll
  static void close() {
    client.close();
    direct.close();
    proxy.close();
    s3.close();
  }

  @AfterEach
  void removeRules() {
    proxy.clear();
  }

  @Test
  void passesEverythingThroughWithoutRules() {
    byte[] content = new byte[3 << 20];
    new Random(1).nextBytes(content);
    client.putObject(b -> b.bucket(LAKE).key(key), RequestBody.fromBytes(content));
    assertThat(client.getObjectAsBytes(b -> b.bucket(LAKE).key(key)).asByteArray())
        .isEqualTo(content);
    assertThat(client.headObject(b -> b.bucket(LAKE).key(key)).contentLength())
        .isEqualTo(content.length);
    assertThat(client.listObjectsV2(b -> b.bucket(LAKE).prefix("some folder/")).contents())
        .isNotEmpty();
    client.copyObject(
        b -> b.sourceBucket(LAKE).sourceKey(key).destinationBucket(LAKE).destinationKey(key + "2"));
    client.deleteObject(b -> b.bucket(LAKE).key(key));
    assertThat(exists(key)).isFalse();
    assertThat(exists(key + "2")).isTrue();
  }

  @Test
  void answersErrorsInsteadOfTheServer() {
    Map<Fault, Integer> faults =
        Map.of(
            Fault.internalError(), 500,
            Fault.slowDown(), 503,
            Fault.accessDenied(), 403,
            Fault.expiredToken(), 400,
            Fault.conflict(), 409,
            Fault.preconditionFailed(), 412,
            Fault.clockSkew(), 403);
    faults.forEach(
        (fault, status) -> {
          FaultRule rule = proxy.add(PUTS, fault);
          S3Exception e = catchThrowableOfType(S3Exception.class, () -> put("content"));
          assertThat(e.statusCode()).isEqualTo(status);
          assertThat(e.awsErrorDetails().errorCode()).isEqualTo(((Fault.Answer) fault).code());
          assertThat(rule.fired()).isEqualTo(1);
          proxy.remove(rule);
        });
    assertThat(exists(key)).isFalse();
    put("content");
    assertThat(read(direct)).isEqualTo("content");
  }

  @Test
  void answersAHeadWithoutABody() {
    proxy.add(RequestMatch.of(S3Operation.HEAD_OBJECT), Fault.accessDenied());
    assertThatExceptionOfType(S3Exception.class)
        .isThrownBy(() -> client.headObject(b -> b.bucket(LAKE).key(key)))
        .satisfies(e -> assertThat(e.statusCode()).isEqualTo(403));
    assertThat(client.listObjectsV2(b -> b.bucket(LAKE)).name()).isEqualTo(LAKE);
  }

  @Test
  void hidesAnErrorInStatus200OfACopy() {
    put("content");
    proxy.add(RequestMatch.of(S3Operation.COPY_OBJECT), Fault.errorInside200("InternalError"));
    assertThatThrownBy(() -> copy(key + "-copy")).hasMessageContaining("fault proxy");
    assertThat(exists(key + "-copy")).isFalse();
  }

  @Test
  void hidesAnErrorInStatus200OfACompletion() {
    String upload = client.createMultipartUpload(b -> b.bucket(LAKE).key(key)).uploadId();
    String tag =
        client
            .uploadPart(
                b -> b.bucket(LAKE).key(key).uploadId(upload).partNumber(1),
                RequestBody.fromString("content"))
            .eTag();
    FaultRule rule =
        proxy.add(
            RequestMatch.of(S3Operation.COMPLETE_MULTIPART).nth(1),
            Fault.errorInside200("InternalError"));
    CompletedPart part = CompletedPart.builder().partNumber(1).eTag(tag).build();
    Runnable complete =
        () ->
            client.completeMultipartUpload(
                b -> b.bucket(LAKE).key(key).uploadId(upload).multipartUpload(m -> m.parts(part)));
    assertThatThrownBy(complete::run).hasMessageContaining("fault proxy");
    assertThat(exists(key)).isFalse();
    complete.run();
    assertThat(read(direct)).isEqualTo("content");
    assertThat(rule.fired()).isEqualTo(1);
    assertThat(rule.matched()).isEqualTo(2);
  }

  @Test
  void dropsARequestBeforeTheServerSeesIt() {
    proxy.add(PUTS.nth(1), Fault.dropRequest());
    assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> put("content"));
    assertThat(exists(key)).isFalse();
    put("content");
    assertThat(exists(key)).isTrue();
  }

  @Test
  void losesTheAnswerOfARequestThatWasCarriedOut() {
    proxy.add(PUTS.nth(1), Fault.loseAnswer());
    assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> put("content"));
    assertThat(read(direct)).isEqualTo("content");
  }

  @Test
  void delaysARequest() {
    Duration delay = Duration.ofMillis(300);
    proxy.add(PUTS, Fault.delay(delay));
    Instant start = Instant.now();
    put("content");
    assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(delay);
  }

  @Test
  void throttlesBothWays() {
    proxy.add(RequestMatch.any(), Fault.throttle(100_000));
    Instant start = Instant.now();
    put("x".repeat(30_000));
    Instant middle = Instant.now();
    read(client);
    assertThat(Duration.between(start, middle)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    assertThat(Duration.between(middle, Instant.now()))
        .isGreaterThanOrEqualTo(Duration.ofMillis(300));
  }

  @Test
  void truncatesABodySoThatItsLengthLooksRight() {
    put("0123456789");
    proxy.add(GETS, Fault.truncateBody(4));
    assertThat(read(client)).isEqualTo("0123");
  }

  @Test
  void cutsABodyShortOfItsLength() {
    put("0123456789");
    proxy.add(GETS, Fault.cutBody(4));
    assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> read(client));
    proxy.clear();
    assertThat(read(client)).isEqualTo("0123456789");
  }

  @Test
  void flipsOneBitOfABody() {
    put("0123456789");
    proxy.add(GETS, Fault.flipBit(4));
    assertThat(read(client)).isEqualTo("0123556789");
  }

  @Test
  void playsAStoreThatIgnoresIfNoneMatch() {
    putIfAbsent("first");
    assertThatExceptionOfType(S3Exception.class).isThrownBy(() -> putIfAbsent("second"));
    proxy.add(PUTS, Fault.ignoreIfNoneMatch());
    putIfAbsent("third");
    assertThat(read(direct)).isEqualTo("third");
  }

  @Test
  void choosesRequestsByNumberMethodBucketAndKey() {
    FaultRule all = proxy.watch(RequestMatch.any().method("put").bucket(LAKE));
    FaultRule other = proxy.watch(RequestMatch.any().bucket("other"));
    FaultRule firstTwo = proxy.watch(PUTS.key("some folder/key\\+\\d+").first(2));
    FaultRule third = proxy.add(PUTS.key(".*/key.*").nth(3), Fault.slowDown());
    FaultRule fromFourth = proxy.watch(PUTS.from(4));
    put("1");
    put("2");
    assertThatThrownBy(() -> put("3")).isInstanceOf(S3Exception.class);
    put("4");
    put("5");
    assertThat(all.fired()).isEqualTo(5);
    assertThat(other.fired()).isZero();
    assertThat(firstTwo.fired()).isEqualTo(2);
    assertThat(firstTwo.matched()).isEqualTo(5);
    assertThat(third.fired()).isEqualTo(1);
    assertThat(fromFourth.fired()).isEqualTo(2);
  }

  @Test
  void severalRulesHitOneRequest() {
    proxy.add(PUTS, Fault.delay(Duration.ofMillis(100)));
    proxy.add(PUTS, Fault.dropRequest());
    Instant start = Instant.now();
    assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> put("content"));
    assertThat(Duration.between(start, Instant.now()))
        .isGreaterThanOrEqualTo(Duration.ofMillis(100));
  }

  @Test
  void passesTheErrorsOfTheServerOn() {
    assertThatExceptionOfType(S3Exception.class)
        .isThrownBy(() -> read(client))
        .satisfies(e -> assertThat(e.statusCode()).isEqualTo(404));
    try (S3Client stranger = S3Clients.of(s3, proxy.endpoint(), "not-the-secret")) {
      assertThatExceptionOfType(S3Exception.class)
          .isThrownBy(
              () ->
                  stranger.putObject(
                      b -> b.bucket(LAKE).key(key), RequestBody.fromBytes(new byte[3 << 20])))
          .satisfies(e -> assertThat(e.statusCode()).isEqualTo(403));
    }
  }

  private void put(String content) {
    client.putObject(b -> b.bucket(LAKE).key(key), RequestBody.fromString(content));
  }

  private void putIfAbsent(String content) {
    client.putObject(
        b -> b.bucket(LAKE).key(key).ifNoneMatch("*"), RequestBody.fromString(content));
  }

  private void copy(String to) {
    client.copyObject(
        b -> b.sourceBucket(LAKE).sourceKey(key).destinationBucket(LAKE).destinationKey(to));
  }

  private String read(S3Client from) {
    return from.getObjectAsBytes(b -> b.bucket(LAKE).key(key)).asString(UTF_8);
  }

  private static boolean exists(String wanted) {
    try {
      direct.headObject(b -> b.bucket(LAKE).key(wanted));
      return true;
    } catch (S3Exception e) {
      assertThat(e.statusCode()).isEqualTo(404);
      return false;
    }
  }
}
