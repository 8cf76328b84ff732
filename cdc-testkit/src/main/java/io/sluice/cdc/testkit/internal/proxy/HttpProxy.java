package io.sluice.cdc.testkit.internal.proxy;

import io.sluice.cdc.testkit.fault.Fault;
import io.sluice.cdc.testkit.fault.S3Request;
import java.util.List;
import java.util.function.Function;

/** Opens the listener whose connections are HTTP exchanges. */
public final class HttpProxy {
  private HttpProxy() {}

  /** Asks {@code rules} once for every request, from several threads. */
  public static Acceptor open(Upstream upstream, Function<S3Request, List<Fault>> rules) {
    return Acceptor.open("fault-proxy", client -> new HttpExchange(client, upstream, rules).run());
  }
}
