package io.sluice.cdc.testkit.internal.proxy;

import java.net.URI;

/**
 * The server behind a proxy.
 *
 * @param endpoint such as {@code http://127.0.0.1:40123}
 * @param region for the one request that the proxy signs itself
 * @param accessKey likewise
 * @param secretKey likewise
 */
public record Upstream(URI endpoint, String region, String accessKey, String secretKey) {
  @Override
  public String toString() {
    return "Upstream[endpoint=" + endpoint + ", accessKey=" + accessKey + "]";
  }
}
