package dev.mlk.course.read;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The plain files of a gzipped tar (POSIX ustar); links and devices in it are passed over. */
final class TarFiles {
  /** Takes one file. */
  @FunctionalInterface
  interface Taker {
    /** The file's content ends where the file does. */
    void take(String name, InputStream content) throws IOException;
  }

  private static final int BLOCK = 512;

  private TarFiles() {}

  static void read(Path file, Taker taker) throws IOException {
    try (InputStream in =
        new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
      while (true) {
        byte[] header = in.readNBytes(BLOCK);
        if (header.length < BLOCK || header[0] == 0) {
          return;
        }
        long size = octal(header, 124, 12);
        Entry content = new Entry(in, size);
        if (header[156] == '0' || header[156] == 0) {
          String prefix = text(header, 345, 155);
          String name = text(header, 0, 100);
          taker.take(prefix.isEmpty() ? name : prefix + "/" + name, content);
        }
        in.skipNBytes(content.left + (BLOCK - size % BLOCK) % BLOCK);
      }
    } catch (EOFException e) {
      throw new IOException("it ends in the middle of a file", e);
    }
  }

  private static String text(byte[] header, int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.UTF_8);
  }

  private static long octal(byte[] header, int from, int length) throws IOException {
    String digits = text(header, from, length).strip();
    if (!digits.matches("[0-7]{1,11}")) {
      throw new IOException("it is no tar archive");
    }
    return Long.parseLong(digits, 8);
  }

  /** The bytes of one file. */
  private static final class Entry extends InputStream {
    private final InputStream in;
    private long left;

    Entry(InputStream in, long size) {
      this.in = in;
      this.left = size;
    }

    @Override
    public int read() throws IOException {
      if (left == 0) {
        return -1;
      }
      left--;
      return in.read();
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int read = in.read(buffer, from, (int) Math.min(length, left));
      left -= Math.max(0, read);
      return read;
    }
  }
}
