package dev.mlk.console;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.LockSupport;

/** What terminals send for keys. */
final class Keys {
  static final int CTRL_C = 3;
  private static final int ESCAPE = 27;
  private static final int LONGEST_SEQUENCE = 8;
  private static final int MOST_TRIES = 25;
  private static final long MOMENT = 1_000_000;

  private Keys() {}

  /** The key that begins with a byte. */
  static Screen.Event.Key read(int first, InputStream keys) throws IOException {
    if (first == '\r' || first == '\n') {
      return new Screen.Event.Key("enter");
    }
    if (first != ESCAPE) {
      return new Screen.Event.Key(Character.toString(first));
    }
    var sequence = new StringBuilder();
    while (arrives(keys) && sequence.length() < LONGEST_SEQUENCE) {
      char next = (char) keys.read();
      sequence.append(next);
      if (sequence.length() > 1 && (Character.isLetter(next) || next == '~')) {
        break;
      }
    }
    return new Screen.Event.Key(name(sequence.toString()));
  }

  /** Whether there is more of the same key: over a network it may be a moment late. */
  private static boolean arrives(InputStream keys) throws IOException {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      if (keys.available() > 0) {
        return true;
      }
      LockSupport.parkNanos(MOMENT);
    }
    return false;
  }

  private static String name(String sequence) {
    return switch (sequence) {
      case "" -> "escape";
      case "[A", "OA" -> "up";
      case "[B", "OB" -> "down";
      case "[C", "OC" -> "right";
      case "[D", "OD" -> "left";
      case "[5~" -> "page-up";
      case "[6~" -> "page-down";
      case "[H", "OH", "[1~", "[7~" -> "home";
      case "[F", "OF", "[4~", "[8~" -> "end";
      default -> "unknown";
    };
  }
}
