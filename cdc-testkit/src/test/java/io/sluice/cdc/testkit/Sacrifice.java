package io.sluice.cdc.testkit;

import java.io.IOException;
import java.nio.file.Path;

/** A JVM that is made to be killed: starts both servers, tells where they are, and waits. */
final class Sacrifice {
  private Sacrifice() {}

  public static void main(String[] arguments) throws IOException {
    TestServers servers = TestServers.open();
    servers.s3().createBucket("lake");
    Path objects = servers.s3().bucketFolder("lake").orElseThrow();
    System.out.println(servers.mysql().pid() + " " + servers.s3().pid() + " " + objects);
    System.in.readAllBytes();
  }
}
