package io.sluice.cdc.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything Sluice throws on purpose.
 *
 * <p>The message is one text for a person: it names the thing that is wrong (table, column,
 * setting, key or position) and ends with the remedy. Catch a subclass to tell the cases apart.
 */
public class CdcException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String problem;
  private final String remedy;

  /**
   * @param problem what is wrong, naming the thing; a sentence without its full stop
   * @param remedy what to do about it; a sentence without its full stop
   */
  public CdcException(String problem, String remedy) {
    this(problem, remedy, null);
  }

  /**
   * @param problem what is wrong, naming the thing; a sentence without its full stop, or a list
   *     that ends its last line
   * @param remedy what to do about it; a sentence without its full stop
   * @param cause the failure below, or null
   */
  public CdcException(String problem, String remedy, @Nullable Throwable cause) {
    super(problem + (problem.endsWith("\n") ? "" : ". ") + remedy + ".", cause);
    this.problem = problem;
    this.remedy = remedy;
  }

  /** What is wrong, without the remedy. */
  public String problem() {
    return problem;
  }

  /** What to do about it. */
  public String remedy() {
    return remedy;
  }
}
