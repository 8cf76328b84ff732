package io.sluice.cdc.testkit.internal.mysql;

/** A MySQL that can be started, stopped, killed and started again on the same data and port. */
public interface MySqlServer extends AutoCloseable {
  /** The password of the user {@code root}, who may connect from everywhere. */
  String ROOT_PASSWORD = "sluice";

  String host();

  int port();

  /** Such as {@code 8.0.15}. */
  String version();

  /** The id of the running server process. */
  long pid();

  /** Starts a server that was stopped or killed; returns when it accepts connections. */
  void start();

  /** Stops it in order. */
  void stop();

  /** {@code kill -9}. */
  void kill();

  @Override
  void close();
}
