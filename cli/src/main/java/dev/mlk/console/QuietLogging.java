package dev.mlk.console;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/**
 * Keeps what libraries log away from the terminal. The JDK's logging makes one of these when
 * something is logged for the first time; until then nothing of it is loaded.
 */
public final class QuietLogging {
  /** Reads a configuration that writes nothing. */
  public QuietLogging() throws IOException {
    byte[] nothing = "handlers=\n.level=OFF\n".getBytes(StandardCharsets.ISO_8859_1);
    LogManager.getLogManager().readConfiguration(new ByteArrayInputStream(nothing));
  }

  /**
   * Makes this the logging of the process; what runs in the background logs to its file instead.
   */
  public static void install() {
    System.setProperty("java.util.logging.config.class", QuietLogging.class.getName());
  }
}
