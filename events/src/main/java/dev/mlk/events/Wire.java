package dev.mlk.events;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads protobuf's wire format (protobuf.dev/programming-guides/encoding) out of an array, field by
 * field: {@link #next} while there is one, then exactly one of the other methods for its content.
 */
final class Wire {
  /** Wire types. */
  static final int VARINT = 0;

  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int FIXED32 = 5;
  private static final int GROUP_START = 3;
  private static final int GROUP_END = 4;
  private static final int DEEPEST = 32;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  byte[] bytes;
  int next;
  int end;

  /** The number of the field at hand. */
  int field;

  /** The wire type of the field at hand. */
  int type;

  static long longAt(byte[] bytes, int index) {
    return (long) LONGS.get(bytes, index);
  }

  static int intAt(byte[] bytes, int index) {
    return (int) INTS.get(bytes, index);
  }

  /** Reads from here on. */
  Wire over(byte[] array, int from, int to) {
    bytes = array;
    next = from;
    end = to;
    return this;
  }

  /** Goes to the next field; false at the end. */
  boolean next() throws BadRecordException {
    if (next >= end) {
      return false;
    }
    long key = varint();
    field = (int) (key >>> 3);
    type = (int) key & 7;
    if (key >>> 32 != 0 || field == 0) {
      throw new BadRecordException("no field has the number " + (key >>> 3));
    }
    return true;
  }

  long varint() throws BadRecordException {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (next >= end) {
        throw cut();
      }
      byte b = bytes[next++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new BadRecordException("a number of more than 10 bytes");
  }

  long fixed64() throws BadRecordException {
    if (end - next < 8) {
      throw cut();
    }
    long value = longAt(bytes, next);
    next += 8;
    return value;
  }

  int fixed32() throws BadRecordException {
    if (end - next < 4) {
      throw cut();
    }
    int value = intAt(bytes, next);
    next += 4;
    return value;
  }

  /** Enters a field of bytes: they begin at {@link #next} and end where this says. */
  int length() throws BadRecordException {
    long length = varint();
    if (length < 0 || length > end - next) {
      throw cut();
    }
    return next + (int) length;
  }

  /** Whether the field at hand is this one; refuses it in another wire type. */
  boolean is(int number, int wireType) throws BadRecordException {
    if (field != number) {
      return false;
    }
    if (type != wireType) {
      throw new BadRecordException("field " + number + " has the wire type " + type);
    }
    return true;
  }

  /** Passes over the content of the field at hand. */
  void skip() throws BadRecordException {
    skip(DEEPEST);
  }

  private void skip(int depth) throws BadRecordException {
    switch (type) {
      case VARINT -> varint();
      case FIXED64 -> fixed64();
      case BYTES -> next = length();
      case FIXED32 -> fixed32();
      case GROUP_START -> skipGroup(depth);
      default -> throw new BadRecordException("there is no wire type " + type);
    }
  }

  private void skipGroup(int depth) throws BadRecordException {
    int opened = field;
    if (depth == 0) {
      throw new BadRecordException("groups stand too deep in each other");
    }
    while (next()) {
      if (type == GROUP_END) {
        if (field != opened) {
          throw new BadRecordException("a group ends that has not begun");
        }
        return;
      }
      skip(depth - 1);
    }
    throw cut();
  }

  private static BadRecordException cut() {
    return new BadRecordException("a field goes beyond its message");
  }

  /** Text of a range; refuses what is not UTF-8. */
  static String text(byte[] bytes, int from, int to, String what) throws BadRecordException {
    try {
      CharBuffer text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
      return text.toString();
    } catch (CharacterCodingException e) {
      throw new BadRecordException(what + " is not UTF-8");
    }
  }

  /** Reads a field of text. */
  String text(String what) throws BadRecordException {
    int to = length();
    String text = text(bytes, next, to, what);
    next = to;
    return text;
  }
}
