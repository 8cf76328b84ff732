package io.sluice.cdc.testkit.fault;

import java.time.Duration;

/**
 * What goes wrong with a request. Several faults may hit one request; each does its part.
 * Immutable.
 */
public sealed interface Fault {

  /** The request is not sent on; the client gets this status and an S3 error document. */
  record Answer(int status, String code) implements Fault {}

  /**
   * The request is not sent on; the client gets status 200 and an error document, as S3 may do for
   * a copy.
   */
  record ErrorInside200(String code) implements Fault {}

  /** The request is read to its end, not sent on, and the connection is closed. */
  record DropRequest() implements Fault {}

  /**
   * The request is sent on and answered; the answer is thrown away and the connection is closed.
   */
  record LoseAnswer() implements Fault {}

  /** The request waits before it is sent on, answered or dropped. */
  record Delay(Duration time) implements Fault {}

  /** Bodies flow this slowly, both ways. */
  record Throttle(long bytesPerSecond) implements Fault {}

  /**
   * The answer's body is shorter, and its length says so: the client cannot see it by the length.
   */
  record TruncateBody(long bytes) implements Fault {}

  /** The connection is closed after so many bytes of the answer's body. */
  record CutBody(long bytes) implements Fault {}

  /** The lowest bit of this byte (from 0) of the answer's body is the other one. */
  record FlipBit(long atByte) implements Fault {}

  /**
   * The object is written even if there is one: a store that does not know {@code If-None-Match}.
   */
  record IgnoreIfNoneMatch() implements Fault {}

  /** Nothing: the rule only counts. */
  record Nothing() implements Fault {}

  static Fault answer(int status, String code) {
    return new Answer(status, code);
  }

  /** 500 InternalError. */
  static Fault internalError() {
    return new Answer(500, "InternalError");
  }

  /** 503 SlowDown. */
  static Fault slowDown() {
    return new Answer(503, "SlowDown");
  }

  /** 403 AccessDenied. */
  static Fault accessDenied() {
    return new Answer(403, "AccessDenied");
  }

  /** 400 ExpiredToken, the status that S3 gives it. */
  static Fault expiredToken() {
    return new Answer(400, "ExpiredToken");
  }

  /** 409 ConditionalRequestConflict. */
  static Fault conflict() {
    return new Answer(409, "ConditionalRequestConflict");
  }

  /** 412 PreconditionFailed. */
  static Fault preconditionFailed() {
    return new Answer(412, "PreconditionFailed");
  }

  /** 403 RequestTimeTooSkewed. */
  static Fault clockSkew() {
    return new Answer(403, "RequestTimeTooSkewed");
  }

  static Fault errorInside200(String code) {
    return new ErrorInside200(code);
  }

  static Fault dropRequest() {
    return new DropRequest();
  }

  static Fault loseAnswer() {
    return new LoseAnswer();
  }

  static Fault delay(Duration time) {
    return new Delay(time);
  }

  static Fault throttle(long bytesPerSecond) {
    if (bytesPerSecond <= 0) {
      throw new IllegalArgumentException("bytesPerSecond must be positive, not " + bytesPerSecond);
    }
    return new Throttle(bytesPerSecond);
  }

  static Fault truncateBody(long bytes) {
    return new TruncateBody(bytes);
  }

  static Fault cutBody(long bytes) {
    return new CutBody(bytes);
  }

  static Fault flipBit(long atByte) {
    return new FlipBit(atByte);
  }

  static Fault ignoreIfNoneMatch() {
    return new IgnoreIfNoneMatch();
  }

  static Fault nothing() {
    return new Nothing();
  }
}
