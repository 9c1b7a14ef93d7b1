package dev.mlk.events;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads a TensorProto (tensorflow/core/framework/tensor.proto), as far as summaries need it. */
final class TensorReader {
  private static final int STRING = 7;

  /** How a tensor begins when its element type comes first, as every writer has it. */
  private static final byte FIRST_TYPE = 1 << 3;

  private final Wire wire = new Wire();
  private final Wire inner = new Wire();

  /** The element type's number. */
  private long dtype;

  /** How many elements the shape has; -1 when it is too many to be true. */
  private long elements;

  private int contentStart;
  private int contentEnd;
  private int valuesRead;
  private long firstRaw;
  private int textStart;
  private int textEnd;

  /** The number's type, after {@link #number} has said yes. */
  ElementType type;

  /** The number's bits as {@link ElementType#bits} gives them. */
  long bits;

  /** What the tensor is, when it is no number. */
  String seen = "";

  /** Reads a tensor that should be one number; false when it is not. */
  boolean number(byte[] bytes, int from, int to) throws BadRecordException {
    outline(bytes, from, to);
    type = ElementType.of(dtype);
    if (type == null || elements != 1) {
      seen = describe(bytes);
      return false;
    }
    if (contentEnd > contentStart) {
      if (contentEnd - contentStart != type.size()) {
        throw new BadRecordException(
            (contentEnd - contentStart) + " bytes of content for one " + type);
      }
      long raw = 0;
      for (int i = contentEnd - 1; i >= contentStart; i--) {
        raw = (raw << 8) | (bytes[i] & 0xff);
      }
      bits = type.bits(raw);
      return true;
    }
    if (valuesRead == 0) {
      seen = "a tensor without a value";
      return false;
    }
    bits = type.bits(firstRaw);
    return true;
  }

  private String describe(byte[] bytes) {
    if (dtype == STRING && elements == 1 && textEnd >= 0) {
      try {
        String text = Wire.text(bytes, textStart, Math.min(textEnd, textStart + 40), "text");
        return "the text \"" + text.strip() + "\"";
      } catch (BadRecordException e) {
        return "bytes that are no text";
      }
    }
    String name = type == null ? "element type " + dtype : type.name();
    return elements == 1
        ? "a tensor of " + name
        : "a tensor of " + elements + " elements of " + name;
  }

  private void outline(byte[] bytes, int from, int to) throws BadRecordException {
    dtype = 0;
    elements = 1;
    contentStart = 0;
    contentEnd = 0;
    valuesRead = 0;
    textEnd = -1;
    if (from < to && bytes[from] != FIRST_TYPE) {
      findType(bytes, from, to);
    }
    wire.over(bytes, from, to);
    while (wire.next()) {
      switch (wire.field) {
        case 1 -> dtype = wire.is(1, Wire.VARINT) ? wire.varint() : 0;
        case 2 -> shape(bytes);
        case 4 -> {
          wire.is(4, Wire.BYTES);
          contentEnd = wire.length();
          contentStart = wire.next;
          wire.next = contentEnd;
        }
        case 5, 6, 7, 10, 11, 13, 16, 17 -> values(bytes);
        case 8 -> {
          wire.is(8, Wire.BYTES);
          int end = wire.length();
          if (textEnd < 0) {
            textStart = wire.next;
            textEnd = end;
          }
          wire.next = end;
        }
        default -> wire.skip();
      }
    }
  }

  /** The values cannot be understood before their type is known. */
  private void findType(byte[] bytes, int from, int to) throws BadRecordException {
    wire.over(bytes, from, to);
    while (wire.next()) {
      if (wire.is(1, Wire.VARINT)) {
        dtype = wire.varint();
      } else {
        wire.skip();
      }
    }
  }

  private void shape(byte[] bytes) throws BadRecordException {
    wire.is(2, Wire.BYTES);
    int end = wire.length();
    inner.over(bytes, wire.next, end);
    while (inner.next()) {
      if (inner.is(2, Wire.BYTES)) {
        int dimensionEnd = inner.length();
        long size = 0;
        Wire dimension = new Wire().over(bytes, inner.next, dimensionEnd);
        while (dimension.next()) {
          if (dimension.is(1, Wire.VARINT)) {
            size = dimension.varint();
          } else {
            dimension.skip();
          }
        }
        inner.next = dimensionEnd;
        elements = size < 0 || elements < 0 ? -1 : times(elements, size);
      } else {
        inner.skip();
      }
    }
    wire.next = end;
  }

  private static long times(long a, long b) {
    long product = a * b;
    return Math.multiplyHigh(a, b) == 0 && product >= 0 ? product : -1;
  }

  /** A field of elements, packed or not; the first one is kept. */
  private void values(byte[] bytes) throws BadRecordException {
    ElementType declared = ElementType.of(dtype);
    boolean mine = declared != null && declared.field() == wire.field;
    if (wire.type != Wire.BYTES) {
      keep(raw(wire, wire.field), mine);
      return;
    }
    int end = wire.length();
    int number = wire.field;
    inner.over(bytes, wire.next, end);
    while (inner.next < end) {
      keep(packed(inner, number), mine);
    }
    wire.next = end;
  }

  private void keep(long raw, boolean mine) {
    if (mine && valuesRead++ == 0) {
      firstRaw = raw;
    }
  }

  private static long raw(Wire wire, int field) throws BadRecordException {
    int wanted = field == 5 ? Wire.FIXED32 : field == 6 ? Wire.FIXED64 : Wire.VARINT;
    wire.is(field, wanted);
    return packed(wire, field);
  }

  private static long packed(Wire wire, int field) throws BadRecordException {
    return switch (field) {
      case 5 -> wire.fixed32();
      case 6 -> wire.fixed64();
      default -> wire.varint();
    };
  }

  /** All elements of a tensor of numbers. */
  double[] doubles(byte[] bytes, int from, int to) throws BadRecordException {
    outline(bytes, from, to);
    ElementType element = ElementType.of(dtype);
    int available = Math.max(valuesRead, contentEnd - contentStart);
    if (element == null || elements < 0 || (elements > available && valuesRead != 1)) {
      throw new BadRecordException("a tensor of " + elements + " elements has " + available);
    }
    if (elements > to - from && valuesRead == 1) {
      throw new BadRecordException("a tensor of " + elements + " equal elements");
    }
    double[] all = new double[(int) elements];
    if (contentEnd > contentStart) {
      if ((long) element.size() * elements != contentEnd - contentStart) {
        throw new BadRecordException(
            (contentEnd - contentStart) + " bytes of content for " + elements + " " + element);
      }
      for (int i = 0; i < all.length; i++) {
        long raw = 0;
        for (int b = element.size() - 1; b >= 0; b--) {
          raw = (raw << 8) | (bytes[contentStart + i * element.size() + b] & 0xff);
        }
        all[i] = element.value(element.bits(raw));
      }
      return all;
    }
    fill(all, element, bytes, from, to);
    return all;
  }

  private void fill(double[] all, ElementType element, byte[] bytes, int from, int to)
      throws BadRecordException {
    int count = 0;
    wire.over(bytes, from, to);
    while (wire.next()) {
      if (wire.field != element.field()) {
        wire.skip();
        continue;
      }
      if (wire.type == Wire.BYTES) {
        int end = wire.length();
        inner.over(bytes, wire.next, end);
        while (inner.next < end) {
          double value = element.value(element.bits(packed(inner, element.field())));
          if (count < all.length) {
            all[count++] = value;
          }
        }
        wire.next = end;
      } else {
        double value = element.value(element.bits(raw(wire, element.field())));
        if (count < all.length) {
          all[count++] = value;
        }
      }
    }
    // One value stands for all elements.
    for (int i = count; i < all.length && count == 1; i++) {
      all[i] = all[0];
    }
  }

  /** The elements of a tensor of strings. */
  List<byte[]> strings(byte[] bytes, int from, int to) throws BadRecordException {
    List<byte[]> all = new ArrayList<>();
    wire.over(bytes, from, to);
    while (wire.next()) {
      if (wire.is(8, Wire.BYTES)) {
        int end = wire.length();
        all.add(Arrays.copyOfRange(bytes, wire.next, end));
        wire.next = end;
      } else {
        wire.skip();
      }
    }
    return all;
  }
}
