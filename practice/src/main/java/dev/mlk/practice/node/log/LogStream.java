package dev.mlk.practice.node.log;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Reads stored lines, leaves out what was not asked for, and takes off what was put in front. */
final class LogStream extends InputStream {
  /** Where the text of a stored line begins: after the time, the stream's name and the tag. */
  private static final int TIME_LENGTH = 30;

  private final ContainerLog log;
  private final LogOptions options;
  private final Deque<byte[]> ready = new ArrayDeque<>();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private InputStream file;
  private int number;
  private long seen;
  private byte[] current = {};
  private int at;
  private long left;
  private boolean lineBegins = true;
  private volatile boolean closed;

  LogStream(ContainerLog log, LogOptions options) throws IOException {
    this.log = log;
    this.options = options;
    this.left = options.limitBytes().orElse(Long.MAX_VALUE);
    this.number = log.oldest();
    if (options.tailLines().isPresent()) {
      keepTail(options.tailLines().get());
    }
  }

  private void keepTail(int lines) throws IOException {
    int kept = 0;
    for (byte[] stored = stored(); stored != null; stored = stored()) {
      ready.add(stored);
      kept += full(stored) ? 1 : 0;
      while (kept > lines) {
        kept -= full(ready.remove()) ? 1 : 0;
      }
    }
    if (lines == 0) {
      ready.clear();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    while (at == current.length) {
      if (left <= 0 || !next()) {
        return -1;
      }
    }
    int count = (int) Math.min(Math.min(length, current.length - at), left);
    if (count == 0) {
      return left <= 0 ? -1 : 0;
    }
    System.arraycopy(current, at, bytes, offset, count);
    at += count;
    left -= count;
    return count;
  }

  /** Makes the next line current; false at the end. */
  private boolean next() throws IOException {
    while (!closed) {
      byte[] stored = ready.isEmpty() ? stored() : ready.remove();
      if (stored != null) {
        if (wanted(stored)) {
          current = shown(stored);
          at = 0;
          return true;
        }
      } else if (!options.follow() || !await()) {
        return false;
      }
    }
    return false;
  }

  private boolean await() throws IOException {
    try {
      return log.awaitMore(number, seen);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  /** The next stored line as it is in the file, without its end; null when there is none yet. */
  private byte[] stored() throws IOException {
    while (true) {
      if (file == null) {
        InputStream opened = log.open(number);
        if (opened == null) {
          if (!log.passed(number)) {
            return null;
          }
          number++;
          continue;
        }
        file = new BufferedInputStream(opened, 64 * 1024);
        seen = 0;
      }
      boolean passed = log.passed(number);
      int read = file.read();
      for (; read >= 0 && read != '\n'; read = file.read()) {
        line.write(read);
      }
      if (read == '\n') {
        seen += line.size() + 1;
        byte[] whole = line.toByteArray();
        line.reset();
        return whole;
      }
      if (!passed) {
        return null;
      }
      file.close();
      file = null;
      number++;
    }
  }

  private static boolean full(byte[] stored) {
    return stored.length > TIME_LENGTH + 8 && stored[TIME_LENGTH + 8] == 'F';
  }

  private boolean wanted(byte[] stored) {
    return options.since().isEmpty()
        || !Instant.parse(new String(stored, 0, TIME_LENGTH, StandardCharsets.US_ASCII))
            .isBefore(options.since().get());
  }

  private byte[] shown(byte[] stored) {
    ByteArrayOutputStream text = new ByteArrayOutputStream(stored.length);
    if (options.timestamps() && lineBegins) {
      text.write(stored, 0, TIME_LENGTH);
      text.write(' ');
    }
    int begin = TIME_LENGTH + 10;
    text.write(stored, begin, stored.length - begin);
    lineBegins = full(stored);
    if (lineBegins) {
      text.write('\n');
    }
    return text.toByteArray();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    if (file != null) {
      file.close();
    }
  }
}
