package io.sluice.cdc.s3.internal.client;

import java.io.IOException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;

/** What a failed request means. */
public enum StoreFailure {
  /** It may work the next time; it may also have worked. */
  TRANSIENT,
  /** Another conditional request was under way; it had no effect. */
  CONFLICT,
  /** The condition does not hold: there is an object. It had no effect. */
  EXISTS,
  /** There is no such object or upload. */
  MISSING,
  /** The credentials may not do this, or are no longer valid. */
  DENIED,
  /** The machine's clock is wrong. */
  CLOCK,
  /** Anything else; repeating it would change nothing. */
  REFUSED,
  /** The thread was interrupted. */
  INTERRUPTED;

  /** Sorts a failure. */
  public static StoreFailure of(SdkException failure) {
    if (failure instanceof AwsServiceException answer) {
      return ofAnswer(answer);
    }
    if (isInterrupt(failure)) {
      return INTERRUPTED;
    }
    boolean noAnswer =
        failure instanceof ApiCallAttemptTimeoutException
            || failure instanceof RetryableException
            || isUnreadableAnswer(failure)
            || hasCause(failure, IOException.class);
    return noAnswer ? TRANSIENT : REFUSED;
  }

  private static StoreFailure ofAnswer(AwsServiceException answer) {
    return switch (code(answer)) {
      case "PreconditionFailed" -> EXISTS;
      case "ConditionalRequestConflict", "OperationAborted" -> CONFLICT;
      case "NoSuchKey", "NotFound", "NoSuchUpload" -> MISSING;
      case "RequestTimeTooSkewed" -> CLOCK;
      case "AccessDenied",
          "ExpiredToken",
          "InvalidAccessKeyId",
          "InvalidToken",
          "SignatureDoesNotMatch",
          "TokenRefreshRequired" ->
          DENIED;
      case "InternalError",
          "ServiceUnavailable",
          "SlowDown",
          "RequestTimeout",
          "Throttling",
          "BadDigest",
          "XAmzContentSHA256Mismatch",
          "IncompleteBody" ->
          TRANSIENT;
      case "NoSuchBucket", "NotImplemented" -> REFUSED;
      default -> ofStatus(answer.statusCode());
    };
  }

  private static StoreFailure ofStatus(int status) {
    return switch (status) {
      case 200, 429, 500, 502, 503, 504 -> TRANSIENT;
      case 401, 403 -> DENIED;
      case 404 -> MISSING;
      case 409 -> CONFLICT;
      case 412 -> EXISTS;
      default -> REFUSED;
    };
  }

  /** The error code of S3, or an empty text. */
  static String code(AwsServiceException answer) {
    if (answer.awsErrorDetails() == null || answer.awsErrorDetails().errorCode() == null) {
      return "";
    }
    return answer.awsErrorDetails().errorCode();
  }

  private static boolean isInterrupt(SdkException failure) {
    return failure instanceof AbortedException || hasCause(failure, InterruptedException.class);
  }

  private static boolean isUnreadableAnswer(SdkException failure) {
    return String.valueOf(failure.getMessage()).startsWith("Could not parse XML");
  }

  private static boolean hasCause(Throwable failure, Class<?> type) {
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
