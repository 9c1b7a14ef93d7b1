package dev.mlk.practice.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The streams of one command's client, whatever carries them. Streams that the client did not ask
 * for are empty or swallow what is written.
 *
 * @param stdin what the client types
 * @param resize JSON objects with Width and Height, one after the other
 * @param stdout takes the command's output
 * @param stderr takes the command's errors
 * @param error takes how it ended
 */
record CommandStreams(
    InputStream stdin,
    InputStream resize,
    OutputStream stdout,
    OutputStream stderr,
    OutputStream error) {

  /** How the end is told: by a Status, or by words when something went wrong. */
  enum Ending {
    STATUS,
    TEXT
  }

  /** Closes all that the client reads. */
  void close() throws IOException {
    stdout.close();
    stderr.close();
    error.close();
  }
}
