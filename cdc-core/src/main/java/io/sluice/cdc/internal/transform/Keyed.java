package io.sluice.cdc.internal.transform;

import io.sluice.cdc.config.HashSecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What is computed with the secret. Thread-safe. */
final class Keyed {
  private static final String ALGORITHM = "HmacSHA256";
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int MARK_BYTES = 4;

  private final ThreadLocal<Mac> macs;
  private final String mark;

  Keyed(HashSecret secret) {
    SecretKeySpec key = new SecretKeySpec(secret.bytes(), ALGORITHM);
    this.macs = ThreadLocal.withInitial(() -> mac(key));
    this.mark = HexFormat.of().formatHex(derived("sluice mark of the secret"), 0, MARK_BYTES);
  }

  /** Tells secrets apart without telling them. */
  String mark() {
    return mark;
  }

  /** The hash of a value, as digits in ASCII. */
  byte[] hash(byte[] data, int offset, int length) {
    Mac mac = macs.get();
    mac.update(data, offset, length);
    byte[] hash = mac.doFinal();
    byte[] digits = new byte[2 * hash.length];
    for (int i = 0; i < hash.length; i++) {
      digits[2 * i] = HEX[(hash[i] >> 4) & 15];
      digits[2 * i + 1] = HEX[hash[i] & 15];
    }
    return digits;
  }

  /** 32 bytes for another purpose than hashing values; nobody learns one from the other. */
  byte[] derived(String purpose) {
    return macs.get().doFinal(("\0" + purpose).getBytes(StandardCharsets.UTF_8));
  }

  private static Mac mac(SecretKeySpec key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform must have " + ALGORITHM, e);
    }
  }
}
