package io.sluice.cdc.s3.internal.client;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Bytes to send, with their MD5: the store checks it on arrival, and we check the ETag that comes
 * back.
 *
 * @param bytes holds the bytes
 * @param length how many of them, from the first
 * @param md5 over these
 */
public record Body(byte[] bytes, int length, byte[] md5) {
  /** A part of an array, from its first byte. The array must not change any more. */
  public static Body of(byte[] bytes, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      digest.update(bytes, 0, length);
      return new Body(bytes, length, digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  /** All of an array. */
  public static Body of(byte[] bytes) {
    return of(bytes, bytes.length);
  }

  /** As the header wants it. */
  String base64() {
    return Base64.getEncoder().encodeToString(md5);
  }

  /** As ETags spell it. */
  public String hex() {
    return HexFormat.of().formatHex(md5);
  }
}
