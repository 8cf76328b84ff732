package io.sluice.cdc.bench.torture.ordeal;

/**
 * Something that a pipeline has to live through.
 *
 * @param fault the row of docs/faults.md
 * @param name in words
 * @param weight how often it comes, against the others; 0 for only when asked for
 * @param load whether it wants a pipeline that has not loaded yet
 * @param course what happens; writers write meanwhile
 */
public record Ordeal(String fault, String name, int weight, boolean load, Course course) {
  /** What happens. */
  @FunctionalInterface
  public interface Course {
    /** Returns when the scene's time is over or the ordeal is; victims may be left alive. */
    void run(Scene scene) throws Exception;
  }

  /** An ordeal that takes any pipeline. */
  static Ordeal of(String fault, String name, int weight, Course course) {
    return new Ordeal(fault, name, weight, false, course);
  }

  /** An ordeal for a pipeline that has its load before it. */
  static Ordeal ofLoad(String fault, String name, int weight, Course course) {
    return new Ordeal(fault, name, weight, true, course);
  }
}
