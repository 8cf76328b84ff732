package io.sluice.cdc.examples.notify;

/**
 * What to do for a commit that can be read. Events come more than once and out of order, so that
 * doing it twice must be doing it once: go by the number of the commit.
 */
interface Reaction {
  /**
   * Called for each notice.
   *
   * @param bucket the final bucket
   * @param commit what is readable
   * @return what was done, for the function's answer
   */
  java.util.List<String> react(String bucket, PromotedCommit commit);
}
