package io.sluice.cdc.examples.terminal;

import java.io.Console;
import java.lang.reflect.Method;

/** Whether somebody watches. */
public final class Terminal {
  private Terminal() {}

  /** Whether input and output are a terminal that can move its cursor. */
  public static boolean isThere() {
    Console console = System.console();
    String term = System.getenv("TERM");
    return console != null && isTerminal(console) && term != null && !term.equals("dumb");
  }

  /** Since Java 22 there is a console without a terminal, and a method that says so. */
  private static boolean isTerminal(Console console) {
    try {
      Method method = Console.class.getMethod("isTerminal");
      return Boolean.TRUE.equals(method.invoke(console));
    } catch (NoSuchMethodException e) {
      return true; // before Java 22 a console is a terminal
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
