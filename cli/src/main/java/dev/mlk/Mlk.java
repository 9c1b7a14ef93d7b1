package dev.mlk;

import dev.mlk.app.Ahead;
import dev.mlk.app.App;
import dev.mlk.app.Version;
import dev.mlk.console.Console;
import dev.mlk.console.QuietLogging;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** The main class: one process, one command. */
public final class Mlk {
  private Mlk() {}

  /**
   * Runs one command and ends the process with its exit code.
   *
   * @param arguments the words after {@code mlk}
   */
  public static void main(String[] arguments) {
    Map<String, String> environment = System.getenv();
    Console console = Console.system(environment);
    if (arguments.length == 1 && arguments[0].equals("--version")) {
      // What everybody times first: before anything else is loaded.
      console.print("mlk " + Version.TEXT);
      console.flush();
      Runtime.getRuntime().halt(0);
    }
    boolean command = arguments.length < 2 || !arguments[1].equals("serve");
    if (command) {
      QuietLogging.install();
      Ahead.start();
    }
    App app = new App(console, environment, Path.of(""), InstantSource.system());
    int code = app.run(arguments);
    if (command && nobodyEndsIt()) {
      // Exit would start the JDK's logging, only to find that nobody wants to know: 20 ms.
      Runtime.getRuntime().halt(code);
    }
    System.exit(code);
  }

  /** Whether the JVM is not on its way out already, as after Ctrl-C, with hooks at work. */
  private static boolean nobodyEndsIt() {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread("end"));
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }
}
