package dev.mlk.practice.api.proxy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The body of an answer: in chunks, of a known length, or up to the end of the connection. */
final class BodyInput extends InputStream {
  private static final int LONGEST_SIZE = 4096;
  private static final int HEX = 16;

  private final InputStream in;
  private final Socket socket;
  private final boolean chunked;
  private long left;
  private boolean ended;

  /**
   * The body that follows.
   *
   * @param left its length when it is not in chunks, {@link Long#MAX_VALUE} when nobody knows
   */
  BodyInput(InputStream in, Socket socket, boolean chunked, long left) {
    this.in = in;
    this.socket = socket;
    this.chunked = chunked;
    this.left = left;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int wanted) throws IOException {
    if (wanted == 0) {
      return 0;
    }
    if (left == 0 && chunked && !ended) {
      nextChunk();
    }
    if (left == 0) {
      return -1;
    }
    int count = in.read(target, offset, (int) Math.min(left, wanted));
    if (count < 0) {
      if (left == Long.MAX_VALUE) {
        return -1;
      }
      throw new EOFException("the pod closed the connection in the middle of its answer");
    }
    if (left != Long.MAX_VALUE) {
      left -= count;
    }
    if (left == 0 && chunked) {
      line(in, LONGEST_SIZE);
    }
    return count;
  }

  private void nextChunk() throws IOException {
    String size = line(in, LONGEST_SIZE).split(";", 2)[0].strip();
    if (!size.matches("[0-9a-fA-F]{1,15}")) {
      throw new IOException("malformed chunk of an answer");
    }
    left = Long.parseLong(size, HEX);
    ended = left == 0;
  }

  /** A line without its end. */
  static String line(InputStream in, int longest) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int read = in.read(); read != '\n'; read = in.read()) {
      if (read < 0) {
        throw new EOFException("EOF");
      }
      if (line.size() > longest) {
        throw new IOException("a line of more than " + longest + " bytes");
      }
      line.write(read);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(Math.min(left, Integer.MAX_VALUE), in.available());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
