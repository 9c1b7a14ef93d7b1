package dev.mlk.images.mnist.summary;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * A TFRecord file: each record is its length, the length's checksum, the bytes, and their checksum.
 * Format: tensorflow/core/lib/io/record_writer.h.
 */
final class RecordFile implements AutoCloseable {
  private static final int MASK = 0xa282ead8;

  private final OutputStream out;

  RecordFile(Path file) throws IOException {
    out = new BufferedOutputStream(Files.newOutputStream(file));
  }

  void write(byte[] bytes) throws IOException {
    byte[] length = little(8).putLong(bytes.length).array();
    out.write(length);
    out.write(little(4).putInt(checksum(length)).array());
    out.write(bytes);
    out.write(little(4).putInt(checksum(bytes)).array());
  }

  void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    int value = (int) crc.getValue();
    return Integer.rotateRight(value, 15) + MASK;
  }
}
