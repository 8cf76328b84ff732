package io.sluice.cdc.s3.internal.client;

import io.sluice.cdc.error.SinkException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * A request as people speak of it.
 *
 * @param what what it does, e.g. {@code write}
 * @param permission the permission it needs, e.g. {@code s3:PutObject}
 * @param bucket the bucket
 * @param key the key, or the prefix
 * @param endpoint where it goes
 */
record Request(String what, String permission, String bucket, String key, String endpoint) {

  SinkException failed(SdkException cause, StoreFailure failure) {
    String problem =
        "Cannot "
            + what
            + " s3://"
            + bucket
            + "/"
            + key
            + " at "
            + endpoint
            + ": "
            + describe(cause);
    return new SinkException(problem, remedy(cause, failure), cause);
  }

  String place() {
    return "s3://" + bucket + "/" + key;
  }

  private String remedy(SdkException cause, StoreFailure failure) {
    boolean noBucket =
        cause instanceof AwsServiceException answer
            && StoreFailure.code(answer).equals("NoSuchBucket");
    if (noBucket) {
      return "Create the bucket "
          + bucket
          + ", or correct s3.final or s3.temporary, whichever names it";
    }
    return switch (failure) {
      case DENIED ->
          "Check that the credentials are valid and not expired and that they allow "
              + permission
              + " on bucket "
              + bucket
              + ", then start again; nothing that was committed is lost";
      case CLOCK -> "Set this machine's clock, then start again";
      case TRANSIENT, CONFLICT ->
          "Check that the S3 endpoint can be reached, then start again; nothing that was committed is lost";
      case MISSING -> "Check who removes objects from bucket " + bucket + ", e.g. a lifecycle rule";
      default ->
          "Check s3.endpoint, s3.region and s3.pathStyle, and that the store supports the request";
    };
  }

  static String describe(SdkException cause) {
    if (cause instanceof AwsServiceException answer) {
      String message =
          answer.awsErrorDetails() == null ? "" : answer.awsErrorDetails().errorMessage();
      return "status "
          + answer.statusCode()
          + " "
          + StoreFailure.code(answer)
          + " ("
          + message
          + "), request id "
          + answer.requestId();
    }
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return cause.getCause() == null
        ? String.valueOf(cause.getMessage())
        : cause.getMessage() + ": " + root;
  }
}
