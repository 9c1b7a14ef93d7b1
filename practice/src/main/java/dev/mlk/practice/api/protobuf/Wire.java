package dev.mlk.practice.api.protobuf;

import java.util.Arrays;

/** The bytes of a message, field by field (protobuf's encoding, wire types 0, 1, 2 and 5). */
final class Wire {
  private final byte[] bytes;
  private final int end;
  private int at;
  private int tag;

  Wire(byte[] bytes, int from, int length) {
    this.bytes = bytes;
    this.at = from;
    this.end = from + length;
    if (from < 0 || length < 0 || end > bytes.length) {
      throw broken();
    }
  }

  Wire(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  /** Moves to the next field; false at the end. */
  boolean next() {
    if (at >= end) {
      return false;
    }
    tag = (int) varint();
    return true;
  }

  int field() {
    return tag >>> 3;
  }

  boolean isBytes() {
    return (tag & 7) == 2;
  }

  long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at >= end) {
        throw broken();
      }
      byte next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw broken();
  }

  double fixed64() {
    if (at + 8 > end) {
      throw broken();
    }
    long value = 0;
    for (int i = 7; i >= 0; i--) {
      value = (value << 8) | (bytes[at + i] & 0xff);
    }
    at += 8;
    return Double.longBitsToDouble(value);
  }

  byte[] content() {
    int length = (int) varint();
    if (length < 0 || at + length > end) {
      throw broken();
    }
    byte[] content = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return content;
  }

  void skip() {
    switch (tag & 7) {
      case 0 -> varint();
      case 1 -> at += 8;
      case 2 -> content();
      case 5 -> at += 4;
      default -> throw broken();
    }
  }

  static IllegalArgumentException broken() {
    return new IllegalArgumentException("proto: wrong wireType or unexpected EOF");
  }
}
