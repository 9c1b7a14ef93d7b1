package dev.mlk.events;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Writes event files byte by byte, so that tests say exactly what stands in them. */
public final class EventFileWriter {
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  /** A message of protobuf, field after field. */
  public static final class Message {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    public Message varint(int field, long value) {
      raw((long) field << 3);
      raw(value);
      return this;
    }

    public Message fixed64(int field, long value) {
      raw((long) field << 3 | 1);
      bytes.writeBytes(little(8).putLong(value).array());
      return this;
    }

    public Message real(int field, double value) {
      return fixed64(field, Double.doubleToRawLongBits(value));
    }

    public Message fixed32(int field, int value) {
      raw((long) field << 3 | 5);
      bytes.writeBytes(little(4).putInt(value).array());
      return this;
    }

    public Message bytes(int field, byte[] content) {
      raw((long) field << 3 | 2);
      raw(content.length);
      bytes.writeBytes(content);
      return this;
    }

    public Message text(int field, String text) {
      return bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    public Message message(int field, Message inner) {
      return bytes(field, inner.done());
    }

    private void raw(long value) {
      long left = value;
      while ((left & ~0x7fL) != 0) {
        bytes.write((int) ((left & 0x7f) | 0x80));
        left >>>= 7;
      }
      bytes.write((int) left);
    }

    public byte[] done() {
      return bytes.toByteArray();
    }
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  public static Message message() {
    return new Message();
  }

  public static Message event(long step) {
    return message().real(1, 1_000_000_000 + step + 0.25).varint(2, step);
  }

  /** A value of a summary with tag. */
  public static Message value(String tag) {
    return message().text(1, tag);
  }

  public static Message plugin(String name) {
    return message().message(1, message().text(1, name));
  }

  public static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
  }

  /** A record; gives back the byte at which it begins. */
  public int record(byte[] event) {
    int at = file.size();
    byte[] length = little(8).putLong(event.length).array();
    file.writeBytes(length);
    file.writeBytes(little(4).putInt(checksum(length)).array());
    file.writeBytes(event);
    file.writeBytes(little(4).putInt(checksum(event)).array());
    return at;
  }

  public EventFileWriter version() {
    record(event(0).text(3, "brain.Event:2").done());
    return this;
  }

  /** A summary of one value. */
  public int summary(long step, Message value) {
    return record(event(step).message(5, message().message(1, value)).done());
  }

  /** A scalar of TensorFlow 1. */
  public int scalar(long step, String tag, float number) {
    return summary(step, value(tag).fixed32(2, Float.floatToRawIntBits(number)));
  }

  /** A scalar of TensorFlow 2. */
  public int scalar2(long step, String tag, float number) {
    Message tensor =
        message().varint(1, 1).message(2, message()).fixed32(5, Float.floatToRawIntBits(number));
    return summary(step, value(tag).message(8, tensor).message(9, plugin("scalars")));
  }

  public int start(long step) {
    return record(event(step).message(7, message().varint(1, 1)).done());
  }

  public byte[] bytes() {
    return file.toByteArray();
  }

  public Path to(Path path) throws IOException {
    Files.createDirectories(path.getParent());
    return Files.write(path, bytes());
  }

  /** Adds what was written since to a file that is there. */
  public void appendTo(Path path, int from) throws IOException {
    byte[] all = bytes();
    Files.write(path, Arrays.copyOfRange(all, from, all.length), StandardOpenOption.APPEND);
  }
}
