package io.sluice.cdc.internal.transform;

import io.sluice.cdc.error.StateException;
import io.sluice.cdc.event.LoadedRange;
import io.sluice.cdc.event.TableLoad;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts the bounds of loaded ranges: they are values of the key, and the log is in the bucket.
 * AES-256-GCM under a key derived from the secret, with a new nonce each time. Thread-safe.
 */
final class SealedRanges {
  /**
   * Stands before the order of the key. Who does not know it finds that the key compares otherwise
   * than it did, and loads the table again rather than taking sealed bounds for values.
   */
  private static final String MARK = "sealed ";

  private static final String ALGORITHM = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();

  SealedRanges(Keyed keyed) {
    this.key = new SecretKeySpec(keyed.derived("sluice bounds of ranges"), "AES");
  }

  /** With sealed bounds; a table whose ranges have none stays as it is. */
  TableLoad seal(TableLoad load) {
    String order = load.keyOrder();
    return order == null ? load : with(load, MARK + order, this::seal);
  }

  static boolean isSealed(TableLoad load) {
    String order = load.keyOrder();
    return order != null && order.startsWith(MARK);
  }

  /**
   * The bounds as they were.
   *
   * @throws StateException when they were sealed with another secret
   */
  TableLoad open(TableLoad load) {
    String order = Objects.requireNonNull(load.keyOrder(), "is sealed");
    try {
      return with(load, order.substring(MARK.length()), this::open);
    } catch (IllegalArgumentException e) {
      throw new StateException(
          "The load of table " + load.table() + " was begun with another hashSecret",
          "Give the secret with which the pipeline was begun; or remove what was loaded and begin"
              + " under another pipeline id",
          e);
    }
  }

  private interface Bounds {
    List<String> change(List<String> bound);
  }

  private static TableLoad with(TableLoad load, String order, Bounds bounds) {
    List<LoadedRange> ranges =
        load.ranges().stream()
            .map(r -> new LoadedRange(r.view(), bound(r.after(), bounds), bound(r.upTo(), bounds)))
            .toList();
    return new TableLoad(load.table(), load.done(), ranges, load.rows(), load.bytes(), order);
  }

  private static @Nullable List<String> bound(@Nullable List<String> bound, Bounds bounds) {
    return bound == null ? null : bounds.change(bound);
  }

  private List<String> seal(List<String> bound) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, bytes(bound), 0);
    byte[] both = Arrays.copyOf(nonce, nonce.length + sealed.length);
    System.arraycopy(sealed, 0, both, nonce.length, sealed.length);
    return List.of(Base64.getEncoder().encodeToString(both));
  }

  private List<String> open(List<String> sealed) {
    byte[] both = Base64.getDecoder().decode(sealed.get(0));
    if (both.length < NONCE_BYTES) {
      throw new IllegalArgumentException("too short");
    }
    byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
    return texts(crypt(Cipher.DECRYPT_MODE, nonce, both, NONCE_BYTES));
  }

  private byte[] crypt(int mode, byte[] nonce, byte[] data, int from) {
    try {
      Cipher cipher = Cipher.getInstance(ALGORITHM);
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      return cipher.doFinal(data, from, data.length - from);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static byte[] bytes(List<String> texts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (String text : texts) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static List<String> texts(byte[] bytes) {
    List<String> texts = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      while (in.available() > 0) {
        byte[] utf8 = in.readNBytes(in.readInt());
        texts.add(new String(utf8, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }
}
