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
    if (arguments.length < 2 || !arguments[1].equals("serve")) {
      QuietLogging.install();
      Ahead.start();
    }
    App app = new App(console, environment, Path.of(""), InstantSource.system());
    System.exit(app.run(arguments));
  }
}
