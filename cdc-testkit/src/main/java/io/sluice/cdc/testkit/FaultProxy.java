package io.sluice.cdc.testkit;

import io.sluice.cdc.testkit.fault.Fault;
import io.sluice.cdc.testkit.fault.FaultRule;
import io.sluice.cdc.testkit.fault.RequestMatch;
import io.sluice.cdc.testkit.fault.S3Request;
import io.sluice.cdc.testkit.internal.proxy.Acceptor;
import io.sluice.cdc.testkit.internal.proxy.HttpProxy;
import io.sluice.cdc.testkit.internal.proxy.Upstream;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands between a client and S3 and spoils the requests that its rules choose.
 *
 * <pre>{@code
 * FaultRule rule = proxy.add(RequestMatch.of(S3Operation.PUT_OBJECT).key(".*log/.*").nth(3), Fault.loseAnswer());
 * }</pre>
 *
 * <p>All rules that fit a request hit it. The headers, {@code Host} among them, are passed on as
 * they come, so signatures stay good; clients must use path-style addresses and plain HTTP/1.1.
 *
 * <p>It is written on plain sockets because no library does all of it: Toxiproxy knows no HTTP; the
 * faults of WireMock and MockServer stand in for the server's answer, so a request cannot be
 * carried out and its answer lost; and both hold whole bodies in memory.
 *
 * <p>Lifecycle: it works from {@link #open} to {@link #close()} and closes only what it opened.
 * Thread-safe; rules may come and go while requests run.
 */
public final class FaultProxy implements AutoCloseable {
  private final List<FaultRule> rules = new CopyOnWriteArrayList<>();
  private final Acceptor acceptor;

  private FaultProxy(Upstream upstream) {
    this.acceptor = HttpProxy.open(upstream, this::faults);
  }

  /** Opens a proxy in front of the server; it has no rules yet. */
  public static FaultProxy open(DisposableS3 s3) {
    return new FaultProxy(new Upstream(s3.endpoint(), s3.region(), s3.accessKey(), s3.secretKey()));
  }

  /** What clients use in the place of the server's endpoint. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + acceptor.port());
  }

  /** Adds a rule; it counts from now on. */
  public FaultRule add(RequestMatch match, Fault fault) {
    FaultRule rule = new FaultRule(match, fault);
    rules.add(rule);
    return rule;
  }

  /** Adds a rule that spoils nothing and counts in {@link FaultRule#fired()}. */
  public FaultRule watch(RequestMatch match) {
    return add(match, Fault.nothing());
  }

  /** Removes the rule; requests that it has hit already go their way. */
  public void remove(FaultRule rule) {
    rules.remove(rule);
  }

  /** Removes all rules. */
  public void clear() {
    rules.clear();
  }

  /** Closes all connections, as a network does; new ones pass. */
  public void cut() {
    acceptor.cut();
  }

  private List<Fault> faults(S3Request request) {
    return rules.stream().filter(rule -> rule.meets(request)).map(FaultRule::fault).toList();
  }

  @Override
  public void close() {
    acceptor.close();
  }
}
