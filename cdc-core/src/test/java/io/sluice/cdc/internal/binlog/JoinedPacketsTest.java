package io.sluice.cdc.internal.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JoinedPacketsTest {
  private static final int MAX = 0xFFFFFF;

  @ParameterizedTest
  @ValueSource(ints = {1, 0, 5, 300_000, MAX - 1, MAX, MAX + 1, 2 * MAX, 2 * MAX + 7})
  void aPayloadOfAnyLengthIsReadAsOneAndTheNextIsFound(int length) throws IOException {
    byte[] payload = new byte[length];
    new Random(length).nextBytes(payload);
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    send(sent, payload);
    send(sent, new byte[] {1, 2, 3});
    InputStream in = new JoinedPackets(new Dribble(sent.toByteArray()));
    assertThat(length(in)).isEqualTo(Math.min(length, MAX - 1));
    in.skip(1);
    assertThat(Arrays.equals(in.readNBytes(length), payload)).isTrue();
    assertThat(length(in)).isEqualTo(3);
    in.skip(1);
    assertThat(in.readAllBytes()).containsExactly(1, 2, 3);
    assertThat(in.read()).isEqualTo(-1);
  }

  private static int length(InputStream in) throws IOException {
    return in.read() | in.read() << 8 | in.read() << 16;
  }

  private static void send(ByteArrayOutputStream out, byte[] payload) {
    int from = 0;
    int sequence = 0;
    int length;
    do {
      length = Math.min(MAX, payload.length - from);
      out.write(length);
      out.write(length >> 8);
      out.write(length >> 16);
      out.write(sequence++);
      out.write(payload, from, length);
      from += length;
    } while (length == MAX);
  }

  /** Gives its bytes in pieces of all sizes, as a socket does. */
  private static final class Dribble extends ByteArrayInputStream {
    private final Random random = new Random(7);

    Dribble(byte[] bytes) {
      super(bytes);
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) {
      return super.read(into, offset, Math.min(length, 1 + random.nextInt(100_000)));
    }
  }
}
