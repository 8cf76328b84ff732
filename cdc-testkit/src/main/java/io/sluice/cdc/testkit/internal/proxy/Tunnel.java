package io.sluice.cdc.testkit.internal.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** Two sockets, each of which gets what the other one says. */
final class Tunnel {
  private static final int BUFFER_BYTES = 32 << 10;

  private final Socket client;
  private final Socket server;
  private final Line line;

  Tunnel(Socket client, Socket server, Line line) {
    this.client = client;
    this.server = server;
    this.line = line;
  }

  /** Returns when one side has closed; then both are closed. */
  void run() throws IOException {
    Thread back = new Thread(this::pumpBack, "tcp-proxy-back");
    back.setDaemon(true);
    back.start();
    pump(client, server);
  }

  private void pumpBack() {
    try {
      pump(server, client);
    } catch (IOException e) {
      return; // the other direction ends with it
    }
  }

  private void pump(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      InputStream input = from.getInputStream();
      OutputStream output = new Paced(to.getOutputStream(), line::bytesPerSecond);
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int bytes = input.read(buffer); bytes >= 0; bytes = input.read(buffer)) {
        line.await();
        output.write(buffer, 0, bytes);
      }
    }
  }
}
