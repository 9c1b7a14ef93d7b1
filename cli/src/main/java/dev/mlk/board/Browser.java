package dev.mlk.board;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The person's browser. */
final class Browser {
  private static final long SECONDS = 3;

  private Browser() {}

  /** Opens a page; false when there is nothing to open it with. */
  static boolean open(URI address, Map<String, String> environment) throws InterruptedException {
    List<String> programs = new ArrayList<>();
    String wished = environment.getOrDefault("BROWSER", "");
    programs.addAll(Arrays.asList(wished.split(File.pathSeparator, -1)));
    programs.addAll(List.of("xdg-open", "open"));
    for (String program : programs) {
      if (!program.isEmpty() && run(program, address)) {
        return true;
      }
    }
    return false;
  }

  private static boolean run(String program, URI address) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(program, address.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      // A browser in the foreground goes on: it was opened.
      return !process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
