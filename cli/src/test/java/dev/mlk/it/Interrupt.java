package dev.mlk.it;

import java.io.IOException;
import java.util.List;

/** What a terminal sends on Ctrl-C. */
final class Interrupt {
  private Interrupt() {}

  static void send(Process process) throws IOException, InterruptedException {
    new ProcessBuilder(List.of("kill", "-INT", Long.toString(process.pid()))).start().waitFor();
  }
}
