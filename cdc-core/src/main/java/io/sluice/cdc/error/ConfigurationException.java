package io.sluice.cdc.error;

import java.util.List;

/** The configuration is wrong. All problems are reported at once. */
public class ConfigurationException extends CdcException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  /**
   * @param problems one line each, naming the key, the value and what is allowed; at least one
   */
  public ConfigurationException(List<String> problems) {
    super(text(problems), "Correct the configuration and start again");
    this.problems = List.copyOf(problems);
  }

  /** One line a problem. */
  public List<String> problems() {
    return problems;
  }

  private static String text(List<String> problems) {
    if (problems.size() == 1) {
      return "The configuration has a problem: " + problems.get(0);
    }
    return "The configuration has "
        + problems.size()
        + " problems:\n  - "
        + String.join("\n  - ", problems)
        + "\n";
  }
}
