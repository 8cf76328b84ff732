package io.sluice.cdc.testkit.internal.proxy;

import java.io.IOException;
import java.net.Socket;

/** Opens the listener whose connections are tunnels to one server. */
public final class TcpTunnels {
  private TcpTunnels() {}

  public static Acceptor open(String host, int port, Line line) {
    return Acceptor.open("tcp-proxy", client -> serve(client, host, port, line));
  }

  private static void serve(Socket client, String host, int port, Line line) throws IOException {
    if (line.isRefusing()) {
      client.setSoLinger(true, 0); // closing says "reset", as a host that is gone would
      return;
    }
    try (Socket server = new Socket(host, port)) {
      server.setTcpNoDelay(true);
      new Tunnel(client, server, line).run();
    }
  }
}
