package dev.mlk.kube;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.function.BiConsumer;

/** The body of an answer: by length, in chunks, or up to the connection's end. */
final class Body extends InputStream {
  private static final long TO_THE_END = -1;
  private static final int WORTH_READING = 64 * 1024;
  private final Connection connection;
  private final boolean chunked;
  private final boolean endless;
  private final BiConsumer<Connection, Boolean> done;
  private long left;
  private boolean betweenChunks;
  private boolean ended;
  private volatile boolean closed;
  private volatile boolean reading;

  /**
   * A body.
   *
   * @param endless whether it is a watch or a followed log, so that nobody waits for its end
   * @param done told once whether the connection can be used again
   */
  Body(
      Connection connection,
      Connection.Head head,
      boolean endless,
      BiConsumer<Connection, Boolean> done)
      throws IOException {
    this.connection = connection;
    this.endless = endless;
    this.done = done;
    String coding = head.headers().getOrDefault("transfer-encoding", "");
    String length = head.headers().get("content-length");
    chunked = coding.equalsIgnoreCase("chunked");
    if (head.status() == 204 || head.status() == 304) {
      left = 0;
    } else if (chunked) {
      left = 0;
    } else if (length != null) {
      left = parse(length, 10);
    } else {
      left = TO_THE_END;
    }
    if (left == 0 && (!chunked || head.status() == 204)) {
      finish(true);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (closed) {
      throw new IOException("the answer is closed");
    }
    reading = true;
    try {
      return readSome(bytes, offset, length);
    } finally {
      reading = false;
    }
  }

  private int readSome(byte[] bytes, int offset, int length) throws IOException {
    if (ended || length == 0) {
      return ended ? -1 : 0;
    }
    if (chunked && left == 0 && !nextChunk()) {
      return -1;
    }
    int wanted = left == TO_THE_END ? length : (int) Math.min(length, left);
    int count = connection.read(bytes, offset, wanted);
    if (count < 0) {
      if (left != TO_THE_END) {
        throw new EOFException("the server closed the connection in the middle of its answer");
      }
      finish(false);
      return -1;
    }
    if (left != TO_THE_END) {
      left -= count;
      if (left == 0 && !chunked) {
        finish(true);
      }
    }
    return count;
  }

  private boolean nextChunk() throws IOException {
    if (betweenChunks) {
      connection.readLine();
    }
    betweenChunks = true;
    String line = connection.readLine();
    int semicolon = line.indexOf(';');
    left = parse(semicolon < 0 ? line : line.substring(0, semicolon), 16);
    if (left > 0) {
      return true;
    }
    while (!connection.readLine().isEmpty()) {
      // Trailers say nothing that is needed here.
    }
    finish(true);
    return false;
  }

  private static long parse(String number, int radix) throws IOException {
    try {
      long value = Long.parseLong(number.strip(), radix);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new IOException("not a length: " + number, e);
    }
    throw new IOException("not a length: " + number);
  }

  @Override
  public int available() {
    int here = connection.buffered();
    return ended || closed ? 0 : left == TO_THE_END ? here : (int) Math.min(left, here);
  }

  /** Lets go of the connection: for use by others if little is left to read, else for good. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (ended) {
      return;
    }
    // When another thread reads, the connection is cut under it.
    if (!endless && !reading && left != TO_THE_END) {
      readRest();
    }
    if (!ended) {
      finish(false);
    }
  }

  private void readRest() {
    byte[] bytes = new byte[4096];
    try {
      for (int seen = 0; seen < WORTH_READING; ) {
        int count = readSome(bytes, 0, bytes.length);
        if (count < 0) {
          return;
        }
        seen += count;
      }
    } catch (IOException e) {
      // Then it is not used again.
    }
  }

  private void finish(boolean reusable) {
    ended = true;
    done.accept(connection, reusable);
  }
}
