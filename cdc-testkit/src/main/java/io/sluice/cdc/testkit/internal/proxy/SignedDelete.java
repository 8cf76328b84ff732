package io.sluice.cdc.testkit.internal.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Removes an object with a request of the proxy's own. A header that the client signed cannot be
 * taken out of its request, so a store that ignores {@code If-None-Match} is played by removing the
 * object first. The signature is AWS's version 4.
 */
final class SignedDelete {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");
  private static final String SIGNED = "host;x-amz-content-sha256;x-amz-date";
  private static final int FIRST_FAILURE = 300;

  private final Upstream upstream;

  SignedDelete(Upstream upstream) {
    this.upstream = upstream;
  }

  /** Removes what lies at this path, spelled as in a request; nothing there is fine. */
  void run(String path) throws IOException {
    String host = upstream.endpoint().getAuthority();
    String time = TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    String nothing = hash("");
    String canonical =
        String.join(
            "\n",
            "DELETE",
            path,
            "",
            "host:" + host,
            "x-amz-content-sha256:" + nothing,
            "x-amz-date:" + time,
            "",
            SIGNED,
            nothing);
    HttpURLConnection connection =
        (HttpURLConnection) upstream.endpoint().resolve(path).toURL().openConnection();
    connection.setRequestMethod("DELETE");
    connection.setRequestProperty("x-amz-content-sha256", nothing);
    connection.setRequestProperty("x-amz-date", time);
    connection.setRequestProperty("Authorization", authorization(time, canonical));
    int status = connection.getResponseCode();
    if (status >= FIRST_FAILURE) {
      throw new IOException("The fault proxy could not remove " + path + ": status " + status);
    }
  }

  private String authorization(String time, String canonical) {
    String day = time.substring(0, "yyyyMMdd".length());
    String scope = day + "/" + upstream.region() + "/s3/aws4_request";
    byte[] key = ("AWS4" + upstream.secretKey()).getBytes(UTF_8);
    for (String part : scope.split("/")) {
      key = mac(key, part);
    }
    String signature =
        HexFormat.of()
            .formatHex(
                mac(key, "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + hash(canonical)));
    return "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
        .formatted(upstream.accessKey(), scope, SIGNED, signature);
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JVM cannot sign", e);
    }
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JVM has no SHA-256", e);
    }
  }
}
