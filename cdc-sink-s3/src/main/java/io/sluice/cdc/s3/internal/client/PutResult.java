package io.sluice.cdc.s3.internal.client;

import io.sluice.cdc.error.SinkException;

/** How one conditional PUT ended. */
public sealed interface PutResult {
  /** The object is there, and it is ours. */
  record Stored() implements PutResult {}

  /** There is an object of that key; this request had no effect. */
  record Exists() implements PutResult {}

  /** Another request was under way; this one had no effect and may be repeated. */
  record Conflict(SinkException cause) implements PutResult {}

  /** It had no effect and never will. */
  record Refused(SinkException cause) implements PutResult {}

  /** It may have had effect, or may still have. */
  record Doubtful(SinkException cause) implements PutResult {}
}
