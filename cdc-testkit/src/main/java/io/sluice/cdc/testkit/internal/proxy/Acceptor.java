package io.sluice.cdc.testkit.internal.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Listens on a random port of 127.0.0.1 and serves each connection on a thread of its own.
 * Thread-safe.
 */
public final class Acceptor implements AutoCloseable {
  private static final int BACKLOG = 128;

  /** Serves a connection; it is closed when this returns or throws. */
  public interface Service {
    void serve(Socket client) throws IOException;
  }

  private final ServerSocket listener;
  private final Service service;
  private final String name;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

  private Acceptor(ServerSocket listener, String name, Service service) {
    this.listener = listener;
    this.name = name;
    this.service = service;
  }

  public static Acceptor open(String name, Service service) {
    try {
      ServerSocket listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
      Acceptor acceptor = new Acceptor(listener, name, service);
      acceptor.daemon(acceptor::accept);
      return acceptor;
    } catch (IOException e) {
      throw new UncheckedIOException("The " + name + " cannot listen on 127.0.0.1", e);
    }
  }

  private void daemon(Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        clients.add(client);
        daemon(() -> serve(client));
      } catch (IOException e) {
        return; // the listener was closed
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      service.serve(client);
    } catch (IOException e) {
      return; // either side went away: that is what a proxy passes on, by closing
    } finally {
      clients.remove(client);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** How many connections are open. */
  public int connections() {
    return clients.size();
  }

  /** Closes all connections; new ones are welcome. */
  public void cut() {
    clients.forEach(Acceptor::closeQuietly);
  }

  @Override
  public void close() {
    closeQuietly(listener);
    cut();
  }

  static void closeQuietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      return; // it is of no use any more either way
    }
  }
}
