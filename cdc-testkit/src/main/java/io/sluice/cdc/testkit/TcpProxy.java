package io.sluice.cdc.testkit;

import io.sluice.cdc.testkit.internal.proxy.Acceptor;
import io.sluice.cdc.testkit.internal.proxy.Line;
import io.sluice.cdc.testkit.internal.proxy.TcpTunnels;
import java.time.Duration;

/**
 * A wire that can be cut: a port of 127.0.0.1 that passes everything to a server and back until it
 * is told otherwise. Made for MySQL's port; it knows nothing of the protocol, so TLS passes too.
 *
 * <p>Lifecycle: it works from {@link #open} to {@link #close()}. Thread-safe; every setting holds
 * for the connections that are open and for new ones, at once.
 */
public final class TcpProxy implements AutoCloseable {
  private static final String HOST = "127.0.0.1";

  private final Line line = new Line();
  private final Acceptor acceptor;

  private TcpProxy(String host, int port) {
    this.acceptor = TcpTunnels.open(host, port, line);
  }

  /** Opens a proxy in front of that server, which need not run yet. */
  public static TcpProxy open(String host, int port) {
    return new TcpProxy(host, port);
  }

  public static TcpProxy open(DisposableMySql mysql) {
    return open(mysql.host(), mysql.port());
  }

  public String host() {
    return HOST;
  }

  public int port() {
    return acceptor.port();
  }

  /** How many connections are open. */
  public int connections() {
    return acceptor.connections();
  }

  /** Closes all connections; new ones pass. */
  public void cut() {
    acceptor.cut();
  }

  /** Resets every new connection at once; open ones go on. */
  public void refuse(boolean on) {
    line.refuse(on);
  }

  /** Keeps all bytes back without closing anything, as a network does that lost its route. */
  public void hold(boolean on) {
    line.hold(on);
  }

  /** Every piece of data waits for this time; zero for none. */
  public void delay(Duration time) {
    line.delay(time);
  }

  /** No more than this in each direction of each connection; 0 for no limit. */
  public void throttle(long bytesPerSecond) {
    line.throttle(bytesPerSecond);
  }

  @Override
  public void close() {
    line.hold(false);
    acceptor.close();
  }
}
