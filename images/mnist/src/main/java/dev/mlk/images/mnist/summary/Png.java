package dev.mlk.images.mnist.summary;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Grey images as PNG (ISO/IEC 15948), without the desktop libraries that would slow the start. */
final class Png {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private Png() {}

  /** A square image of 8-bit grey values, row by row. */
  static byte[] of(byte[] pixels, int side) {
    byte[] rows = new byte[side * (side + 1)];
    for (int row = 0; row < side; row++) {
      // Each row starts with its filter type: 0, none.
      System.arraycopy(pixels, row * side, rows, row * (side + 1) + 1, side);
    }
    ByteBuffer header = ByteBuffer.allocate(13);
    header.putInt(side).putInt(side).put((byte) 8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(SIGNATURE);
    chunk(out, "IHDR", header.array());
    chunk(out, "IDAT", deflate(rows));
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static byte[] deflate(byte[] bytes) {
    Deflater deflater = new Deflater();
    deflater.setInput(bytes);
    deflater.finish();
    byte[] out = new byte[bytes.length + 100];
    int size = deflater.deflate(out);
    deflater.end();
    return ByteBuffer.allocate(size).put(out, 0, size).array();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    out.writeBytes(name);
    out.writeBytes(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
