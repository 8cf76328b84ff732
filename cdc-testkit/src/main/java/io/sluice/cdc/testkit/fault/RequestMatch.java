package io.sluice.cdc.testkit.fault;

import java.util.EnumSet;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Chooses requests: {@code RequestMatch.any().method("PUT").key(".*_sluice/.*").nth(3)}. Immutable.
 *
 * <p>Which passing counts is asked last: {@link #nth(long)} is the nth request that fits everything
 * else.
 */
public final class RequestMatch {
  private final Predicate<S3Request> fits;
  private final long first;
  private final long last;

  private RequestMatch(Predicate<S3Request> fits, long first, long last) {
    this.fits = fits;
    this.first = first;
    this.last = last;
  }

  /** Every request. */
  public static RequestMatch any() {
    return new RequestMatch(request -> true, 1, Long.MAX_VALUE);
  }

  /** Every request that asks for one of these. */
  public static RequestMatch of(S3Operation first, S3Operation... more) {
    EnumSet<S3Operation> wanted = EnumSet.of(first, more);
    return any().and(request -> wanted.contains(request.operation()));
  }

  /** Only this HTTP method. */
  public RequestMatch method(String name) {
    String wanted = name.toUpperCase(Locale.ROOT);
    return and(request -> request.method().equals(wanted));
  }

  /** Only this bucket. */
  public RequestMatch bucket(String name) {
    return and(request -> request.bucket().equals(name));
  }

  /** Only keys that this regular expression matches from the first to the last character. */
  public RequestMatch key(String expression) {
    Pattern pattern = Pattern.compile(expression, Pattern.DOTALL);
    return and(request -> pattern.matcher(request.key()).matches());
  }

  /** Only the nth request (from 1) that fits. */
  public RequestMatch nth(long n) {
    return new RequestMatch(fits, n, n);
  }

  /** The nth request (from 1) that fits and all after it. */
  public RequestMatch from(long n) {
    return new RequestMatch(fits, n, Long.MAX_VALUE);
  }

  /** Only the first n requests that fit. */
  public RequestMatch first(long n) {
    return new RequestMatch(fits, 1, n);
  }

  /** Only requests for which this is true as well. It is asked by several threads. */
  public RequestMatch and(Predicate<S3Request> condition) {
    return new RequestMatch(fits.and(condition), first, last);
  }

  boolean fits(S3Request request) {
    return fits.test(request);
  }

  boolean isMeant(long passing) {
    return first <= passing && passing <= last;
  }
}
