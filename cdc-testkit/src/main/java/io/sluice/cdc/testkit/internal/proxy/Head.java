package io.sluice.cdc.testkit.internal.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first line and the headers of an HTTP/1.1 message, in the order and spelling in which they
 * came: signatures depend on it. Immutable.
 */
record Head(String firstLine, List<String> headers) {
  private static final int MAX_LINE_BYTES = 64 << 10;

  Head {
    headers = List.copyOf(headers);
  }

  /** Reads a head; empty when the stream ends before its first byte. */
  static Optional<Head> read(InputStream input) throws IOException {
    String first = line(input);
    if (first == null) {
      return Optional.empty();
    }
    List<String> headers = new ArrayList<>();
    for (String header = requiredLine(input); !header.isEmpty(); header = requiredLine(input)) {
      headers.add(header);
    }
    return Optional.of(new Head(first, headers));
  }

  /** A line without its end. */
  static String requiredLine(InputStream input) throws IOException {
    String line = line(input);
    if (line == null) {
      throw new EOFException("The HTTP message ends in its head");
    }
    return line;
  }

  private static @Nullable String line(InputStream input) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = input.read();
    if (next < 0) {
      return null;
    }
    for (; next != '\n'; next = input.read()) {
      if (next < 0 || line.size() > MAX_LINE_BYTES) {
        throw new EOFException("The HTTP message has a line without an end");
      }
      line.write(next);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }

  void write(OutputStream output) throws IOException {
    String text =
        firstLine
            + "\r\n"
            + String.join("\r\n", headers)
            + (headers.isEmpty() ? "" : "\r\n")
            + "\r\n";
    output.write(text.getBytes(ISO_8859_1));
  }

  Optional<String> value(String name) {
    return headers.stream()
        .filter(header -> isNamed(header, name))
        .map(h -> h.substring(name.length() + 1).trim())
        .findFirst();
  }

  boolean has(String name, String value) {
    return value(name).filter(value::equalsIgnoreCase).isPresent();
  }

  Head without(String name) {
    return new Head(firstLine, headers.stream().filter(header -> !isNamed(header, name)).toList());
  }

  Head with(String name, String value) {
    List<String> changed = new ArrayList<>(without(name).headers);
    changed.add(name + ": " + value);
    return new Head(firstLine, changed);
  }

  private static boolean isNamed(String header, String name) {
    return header.length() > name.length()
        && header.charAt(name.length()) == ':'
        && header.regionMatches(true, 0, name, 0, name.length());
  }

  /** The word at this place (from 0) of the first line. */
  String word(int place) {
    String[] words = firstLine.split(" ", 3);
    return place < words.length ? words[place] : "";
  }
}
