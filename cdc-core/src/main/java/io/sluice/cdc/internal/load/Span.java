package io.sluice.cdc.internal.load;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a table between two keys. Guarded by the {@link LoadPlan} it belongs to; its bounds
 * change only when its owner cuts it.
 */
final class Span {
  /** What is happening to a span. */
  enum State {
    /** Nobody reads it. */
    OPEN,
    /** A reader owns it and may still give a part of it back. */
    TAKEN,
    /** It was read to its end but is not committed. */
    READ,
    /** It is committed. */
    DONE
  }

  private final @Nullable List<String> after;
  private @Nullable List<String> upTo;
  private State state;
  private int view;

  private Span(@Nullable List<String> after, @Nullable List<String> upTo, State state, int view) {
    this.after = after;
    this.upTo = upTo;
    this.state = state;
    this.view = view;
  }

  static Span open(@Nullable List<String> after, @Nullable List<String> upTo) {
    return new Span(after, upTo, State.OPEN, 0);
  }

  static Span done(@Nullable List<String> after, @Nullable List<String> upTo, int view) {
    return new Span(after, upTo, State.DONE, view);
  }

  /** The exclusive lower bound, or null for the start of the table. */
  @Nullable List<String> after() {
    return after;
  }

  /** The inclusive upper bound, or null for the end of the table. */
  @Nullable List<String> upTo() {
    return upTo;
  }

  State state() {
    return state;
  }

  void state(State next) {
    state = next;
  }

  int view() {
    return view;
  }

  void finished(int inView) {
    state = State.DONE;
    view = inView;
  }

  /** Ends this span at the key and returns the rest, in the given state. */
  Span cutAt(List<String> key, State rest) {
    Span remainder = new Span(key, upTo, rest, 0);
    upTo = List.copyOf(key);
    return remainder;
  }

  boolean isDoneIn(int number) {
    return state == State.DONE && view == number;
  }
}
