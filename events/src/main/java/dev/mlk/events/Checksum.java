package dev.mlk.events;

import java.util.zip.CRC32C;

/** The masked CRC32C of TFRecord files (tensorflow/core/lib/hash/crc32c.h). */
final class Checksum {
  private static final int MASK = 0xa282ead8;
  private static final int POLYNOMIAL = 0x82f63b78;
  private static final int[] TABLES = tables();

  private final CRC32C crc = new CRC32C();

  /** Eight tables of 256: what a byte at each distance from the end adds to the sum. */
  private static int[] tables() {
    int[] tables = new int[8 * 256];
    for (int i = 0; i < 256; i++) {
      int value = i;
      for (int bit = 0; bit < 8; bit++) {
        value = (value & 1) == 0 ? value >>> 1 : (value >>> 1) ^ POLYNOMIAL;
      }
      tables[i] = value;
    }
    for (int i = 256; i < tables.length; i++) {
      int before = tables[i - 256];
      tables[i] = (before >>> 8) ^ tables[before & 0xff];
    }
    return tables;
  }

  /**
   * Of eight bytes, given as a little-endian number: faster than a call of the JDK's for so few.
   */
  static int ofLong(long bytes) {
    long mixed = bytes ^ 0xffff_ffffL;
    int low = (int) mixed;
    int high = (int) (mixed >>> 32);
    int value =
        TABLES[7 * 256 + (low & 0xff)]
            ^ TABLES[6 * 256 + (low >>> 8 & 0xff)]
            ^ TABLES[5 * 256 + (low >>> 16 & 0xff)]
            ^ TABLES[4 * 256 + (low >>> 24)]
            ^ TABLES[3 * 256 + (high & 0xff)]
            ^ TABLES[2 * 256 + (high >>> 8 & 0xff)]
            ^ TABLES[256 + (high >>> 16 & 0xff)]
            ^ TABLES[high >>> 24];
    return masked(~value);
  }

  int of(byte[] bytes, int offset, int length) {
    crc.reset();
    crc.update(bytes, offset, length);
    return value();
  }

  void start() {
    crc.reset();
  }

  void add(byte[] bytes, int offset, int length) {
    crc.update(bytes, offset, length);
  }

  int value() {
    return masked((int) crc.getValue());
  }

  private static int masked(int crc) {
    return Integer.rotateRight(crc, 15) + MASK;
  }
}
