package dev.mlk.events;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Reads TFRecord files (tensorflow/core/lib/io/record_writer.h): each record is its length, the
 * length's checksum, the bytes, and their checksum. Files are read and not mapped: one that shrinks
 * under a mapping ends the whole process.
 *
 * <p>When a length is wrong, the next place where eight bytes and their checksum fit together is
 * taken for the next record.
 */
final class RecordReader {
  /** Length and its checksum. */
  private static final int HEAD = 12;

  private static final int TAIL = 4;
  private static final int USUAL = 256 * 1024;

  /** As much of a large record as a glance needs. */
  private static final int BEGINNING = 1024;

  /** What takes the records. */
  interface Sink {
    /**
     * Whether the record is worth its checksum.
     *
     * @param from first byte in the array, to the one behind the last
     */
    boolean interested(byte[] bytes, int from, int to);

    /**
     * Whether the beginning of a large record is enough to leave it.
     *
     * @param available bytes of it in the array
     * @param length bytes of it
     */
    boolean leaves(byte[] bytes, int from, int available, long length);

    /** A record whose checksum is right. */
    void record(byte[] bytes, int from, int to) throws BadRecordException;
  }

  private final int largest;
  private final Checksum checksum = new Checksum();
  private byte[] buffer = new byte[USUAL];
  private int next;
  private int filled;

  private FileChannel channel;
  private FileState file;
  private long size;
  private Sink sink;
  private Consumer<Damage> damage;

  /**
   * A reader.
   *
   * @param largest bytes of the largest record that is held in memory
   */
  RecordReader(int largest) {
    this.largest = largest;
  }

  /** Reads what is in the file behind the state's offset, and moves the offset. */
  void read(FileChannel open, FileState state, Sink target, Consumer<Damage> report)
      throws IOException {
    channel = open;
    file = state;
    sink = target;
    damage = report;
    size = open.size();
    next = 0;
    filled = 0;
    file.incomplete = 0;
    open.position(file.offset);
    while (one()) {
      // The next one.
    }
  }

  /** One record; false when there is no whole one. */
  private boolean one() throws IOException {
    if (!have(HEAD)) {
      return pause();
    }
    long length = Wire.longAt(buffer, next);
    if (Checksum.ofLong(length) != Wire.intAt(buffer, next + 8)) {
      return search();
    }
    long whole = HEAD + length + TAIL;
    if (length < 0 || length > size - file.offset - HEAD - TAIL) {
      return pause();
    }
    if (whole > BEGINNING
        && have(BEGINNING)
        && sink.leaves(buffer, next + HEAD, BEGINNING - HEAD, length)) {
      leave(whole);
      return true;
    }
    if (whole > largest) {
      return large(length);
    }
    if (!have((int) whole)) {
      return pause();
    }
    int from = next + HEAD;
    int to = from + (int) length;
    if (sink.interested(buffer, from, to)) {
      if (checksum.of(buffer, from, (int) length) != Wire.intAt(buffer, to)) {
        report(Damage.What.CHECKSUM, length + " bytes passed over");
      } else {
        try {
          sink.record(buffer, from, to);
        } catch (BadRecordException e) {
          report(Damage.What.CONTENT, e.getMessage());
        }
      }
    }
    advance((int) whole);
    return true;
  }

  private void advance(int bytes) {
    next += bytes;
    file.offset += bytes;
  }

  private void leave(long whole) throws IOException {
    if (whole <= filled - next) {
      advance((int) whole);
    } else {
      file.offset += whole;
      channel.position(file.offset);
      next = 0;
      filled = 0;
    }
  }

  private boolean pause() {
    file.incomplete = Math.max(0, size - file.offset);
    return false;
  }

  /** Sees to it that so many bytes are in the buffer; false when the file has not so many. */
  private boolean have(int bytes) throws IOException {
    if (filled - next >= bytes) {
      return true;
    }
    if (buffer.length - next < bytes) {
      int kept = filled - next;
      byte[] room = bytes <= buffer.length ? buffer : new byte[roomFor(bytes)];
      System.arraycopy(buffer, next, room, 0, kept);
      buffer = room;
      next = 0;
      filled = kept;
    }
    while (filled - next < bytes) {
      int count = channel.read(ByteBuffer.wrap(buffer, filled, buffer.length - filled));
      if (count < 0) {
        return false;
      }
      filled += count;
    }
    return true;
  }

  private int roomFor(int bytes) {
    return (int) Math.min(largest, Math.max(bytes, 2L * buffer.length));
  }

  /** Passes over a record that is too large to hold, with a look at its checksum. */
  private boolean large(long length) throws IOException {
    long start = file.offset;
    advance(HEAD);
    checksum.start();
    long left = length;
    while (left > 0) {
      if (!have(1)) {
        file.offset = start;
        return pause();
      }
      int part = (int) Math.min(left, filled - next);
      checksum.add(buffer, next, part);
      advance(part);
      left -= part;
    }
    if (!have(TAIL)) {
      file.offset = start;
      return pause();
    }
    boolean right = checksum.value() == Wire.intAt(buffer, next);
    advance(TAIL);
    long behind = file.offset;
    file.offset = start;
    report(right ? Damage.What.SIZE : Damage.What.CHECKSUM, length + " bytes passed over");
    file.offset = behind;
    return true;
  }

  /**
   * The length at hand is wrong: looks for the next record. When there is none the place is kept,
   * as bytes of a file that grows may come late.
   */
  private boolean search() throws IOException {
    long start = file.offset;
    advance(1);
    while (have(HEAD)) {
      long length = Wire.longAt(buffer, next);
      if (length >= 0
          && length <= size - file.offset - HEAD - TAIL
          && Checksum.ofLong(length) == Wire.intAt(buffer, next + 8)) {
        long behind = file.offset;
        file.offset = start;
        report(Damage.What.LENGTH, (behind - start) + " bytes passed over");
        file.offset = behind;
        return true;
      }
      advance(1);
    }
    file.offset = start;
    report(Damage.What.LENGTH, "no record follows in the last " + (size - start) + " bytes");
    return false;
  }

  private void report(Damage.What what, String detail) {
    if (file.damagedAt < file.offset || file.damagedBy != what) {
      file.damagedAt = file.offset;
      file.damagedBy = what;
      damage.accept(new Damage(file.path, file.offset, what, detail));
    }
  }

  /** Gives back what a large record needed. */
  void shrink() {
    if (buffer.length > USUAL) {
      buffer = Arrays.copyOf(buffer, USUAL);
    }
  }
}
