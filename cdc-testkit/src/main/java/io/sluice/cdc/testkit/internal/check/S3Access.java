package io.sluice.cdc.testkit.internal.check;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** How to reach S3. Immutable; the keys are in no text form. */
public final class S3Access {
  /** AWS itself, with what the SDK finds in its usual places. */
  public static final S3Access DEFAULT = new S3Access(null, null, false, null);

  private final @Nullable URI endpoint;
  private final @Nullable String region;
  private final boolean pathStyle;
  private final @Nullable AwsCredentials keys;

  private S3Access(
      @Nullable URI endpoint,
      @Nullable String region,
      boolean pathStyle,
      @Nullable AwsCredentials keys) {
    this.endpoint = endpoint;
    this.region = region;
    this.pathStyle = pathStyle;
    this.keys = keys;
  }

  public S3Access withEndpoint(URI value) {
    return new S3Access(value, region, pathStyle, keys);
  }

  public S3Access withRegion(String value) {
    return new S3Access(endpoint, value, pathStyle, keys);
  }

  public S3Access withPathStyle(boolean value) {
    return new S3Access(endpoint, region, value, keys);
  }

  public S3Access withKeys(String accessKey, String secretKey, @Nullable String sessionToken) {
    AwsCredentials given =
        sessionToken == null
            ? AwsBasicCredentials.create(accessKey, secretKey)
            : AwsSessionCredentials.create(accessKey, secretKey, sessionToken);
    return new S3Access(endpoint, region, pathStyle, given);
  }

  /** A new client; the caller closes it. */
  public S3Client client() {
    S3ClientBuilder builder =
        S3Client.builder().forcePathStyle(pathStyle).httpClientBuilder(Apache5HttpClient.builder());
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    if (region != null) {
      builder.region(Region.of(region));
    }
    if (keys != null) {
      builder.credentialsProvider(StaticCredentialsProvider.create(keys));
    }
    return builder.build();
  }
}
