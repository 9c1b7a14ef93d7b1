package dev.mlk.practice.schema;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Writes one protobuf message, field by field (https://protobuf.dev/programming-guides/encoding/).
 */
final class ProtobufWriter {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  void text(int field, String value) {
    if (!value.isEmpty()) {
      block(field, value.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** A repeated text's item, written even when empty. */
  void item(int field, String value) {
    block(field, value.getBytes(StandardCharsets.UTF_8));
  }

  void message(int field, Consumer<ProtobufWriter> content) {
    ProtobufWriter inner = new ProtobufWriter();
    content.accept(inner);
    block(field, inner.toBytes());
  }

  void flag(int field, boolean value) {
    if (value) {
      number(field, 1);
    }
  }

  void number(int field, long value) {
    tag(field, VARINT);
    varint(value);
  }

  void fraction(int field, double value) {
    tag(field, FIXED64);
    long bits = Double.doubleToLongBits(value);
    for (int i = 0; i < 8; i++) {
      bytes.write((int) (bits >>> (8 * i)));
    }
  }

  private void block(int field, byte[] content) {
    tag(field, LENGTH);
    varint(content.length);
    bytes.writeBytes(content);
  }

  private void tag(int field, int wireType) {
    varint(((long) field << 3) | wireType);
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }
}
