package io.sluice.cdc.status;

/**
 * Something that a person should know before a start, and what to do about it.
 *
 * @param problem what is so, naming the thing; a sentence without its full stop
 * @param remedy what to do; a sentence without its full stop
 */
public record Finding(String problem, String remedy) {
  @Override
  public String toString() {
    return problem + ". " + remedy + ".";
  }
}
