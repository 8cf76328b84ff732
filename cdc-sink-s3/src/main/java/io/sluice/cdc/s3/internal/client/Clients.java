package io.sluice.cdc.s3.internal.client;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.utils.AttributeMap;

/** Makes the S3 client. */
public final class Clients {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final int CONNECTIONS = 64;

  private Clients() {}

  /**
   * A client that repeats nothing by itself: what may be repeated is decided here.
   *
   * @param region the region, e.g. {@code eu-west-1}
   * @param endpoint another endpoint than that of AWS, or null
   * @param pathStyle whether the bucket goes into the path
   * @param credentials where keys come from
   */
  public static S3Client create(
      String region,
      @Nullable URI endpoint,
      boolean pathStyle,
      AwsCredentialsProvider credentials) {
    CompletableFuture<SdkHttpClient> http = CompletableFuture.supplyAsync(Clients::http);
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(region))
            .forcePathStyle(pathStyle)
            .credentialsProvider(credentials)
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .httpClientBuilder(new Made(http));
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    return builder.build();
  }

  /** Takes as long as all the rest of the client, above all for the trust store. */
  private static SdkHttpClient http() {
    return Apache5HttpClient.builder()
        .maxConnections(CONNECTIONS)
        .connectionTimeout(CONNECT)
        .connectionAcquisitionTimeout(SILENCE)
        .socketTimeout(SILENCE)
        .build();
  }

  /** Gives what is being made beside; the S3 client closes it, as one that it made itself. */
  private record Made(CompletableFuture<SdkHttpClient> client)
      implements SdkHttpClient.Builder<Made> {
    @Override
    public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
      return client.join();
    }
  }
}
