package io.sluice.cdc.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Starts a MySQL and an S3 server for a person or a script: prints where they are, one {@code
 * name=value} a line, then {@code ready}, and runs until its standard input ends. Arguments are the
 * names of buckets to make.
 */
public final class ServersMain {
  private ServersMain() {}

  public static void main(String[] buckets) throws IOException {
    try (TestServers servers = TestServers.open()) {
      for (String bucket : buckets) {
        servers.s3().createBucket(bucket);
      }
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      describe(servers.mysql(), out);
      describe(servers.s3(), out);
      out.println("ready");
      awaitEnd(System.in);
    }
  }

  private static void describe(DisposableMySql mysql, PrintStream out) {
    out.println("mysql.version=" + mysql.version());
    out.println("mysql.host=" + mysql.host());
    out.println("mysql.port=" + mysql.port());
    out.println("mysql.user=" + mysql.rootUser());
    out.println("mysql.password=" + mysql.rootPassword());
    out.println("mysql.pid=" + mysql.pid());
  }

  private static void describe(DisposableS3 s3, PrintStream out) {
    out.println("s3.endpoint=" + s3.endpoint());
    out.println("s3.region=" + s3.region());
    out.println("s3.accessKey=" + s3.accessKey());
    out.println("s3.secretKey=" + s3.secretKey());
    out.println("s3.pid=" + s3.pid());
  }

  private static void awaitEnd(InputStream input) throws IOException {
    int more = input.read();
    while (more >= 0) {
      more = input.read();
    }
  }
}
