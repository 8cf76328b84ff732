package io.sluice.cdc.s3;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** How this process is named to others. */
final class ThisProcess {
  private ThisProcess() {}

  static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  static long pid() {
    return ProcessHandle.current().pid();
  }
}
