package io.sluice.cdc.examples.command;

/** How the value of a key is written. */
enum Kind {
  TEXT("text"),
  SECRET("text"),
  FLAG("true or false"),
  NUMBER("whole number"),
  BYTES("size"),
  DURATION("duration"),
  CHOICE("one of"),
  PATTERNS("list of table patterns"),
  RULES("list of rules");

  private final String words;

  Kind(String words) {
    this.words = words;
  }

  /** For people. */
  String words() {
    return words;
  }
}
