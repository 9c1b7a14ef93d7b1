package dev.mlk.practice.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Bytes on their way from the thread that reads a connection to the one that uses them. A writer
 * waits when the reader is far behind; a closed reader swallows the rest.
 */
final class Pipe extends InputStream {
  private static final int MOST = 1 << 20;

  private final Deque<byte[]> chunks = new ArrayDeque<>();
  private int waiting;
  private int offset;
  private boolean ended;
  private boolean closed;

  /** Adds bytes at the end; they belong to the pipe from now on. */
  synchronized void put(byte[] bytes) throws InterruptedException {
    while (waiting >= MOST && !closed) {
      wait();
    }
    if (!closed && !ended && bytes.length > 0) {
      chunks.add(bytes);
      waiting += bytes.length;
      notifyAll();
    }
  }

  /** No more bytes will come. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  @Override
  public synchronized int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public synchronized int read(byte[] target, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (chunks.isEmpty()) {
      if (ended || closed) {
        return -1;
      }
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw (IOException) new InterruptedIOException("interrupted").initCause(e);
      }
    }
    byte[] chunk = chunks.getFirst();
    int count = Math.min(length, chunk.length - offset);
    System.arraycopy(chunk, offset, target, from, count);
    offset += count;
    waiting -= count;
    if (offset == chunk.length) {
      chunks.removeFirst();
      offset = 0;
    }
    notifyAll();
    return count;
  }

  @Override
  public synchronized int available() {
    return waiting;
  }

  @Override
  public synchronized void close() {
    closed = true;
    chunks.clear();
    waiting = 0;
    notifyAll();
  }
}
