package dev.mlk.console;

import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** What a long command says when the user interrupts it. */
public final class Interruptions {
  private Interruptions() {}

  /**
   * Runs a body; on Ctrl-C (or SIGTERM) the line is told, and the JVM ends by itself with 130.
   *
   * @param line what goes on without mlk and how to come back to it
   */
  public static <T> T during(Console console, String line, Callable<T> body) throws Exception {
    return during(console, () -> line, body);
  }

  /** The same where what goes on is known only then. */
  public static <T> T during(Console console, Supplier<String> line, Callable<T> body)
      throws Exception {
    Thread hook =
        new Thread(
            () -> {
              // A terminal has just echoed ^C: the line starts on one of its own.
              console.tell((console.terminals().err() ? "\n" : "") + line.get());
            },
            "interrupted");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return body.call();
    } finally {
      remove(hook);
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is on its way out already, and the hook is what it is about to run.
      Thread.currentThread().interrupt();
    }
  }
}
