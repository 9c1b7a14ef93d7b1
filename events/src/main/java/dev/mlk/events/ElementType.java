package dev.mlk.events;

/**
 * The element types of tensors that can be a number, with TensorFlow's own names and numbers
 * (tensorflow/core/framework/types.proto).
 */
public enum ElementType {
  FLOAT(1, 4, 5),
  DOUBLE(2, 8, 6),
  INT32(3, 4, 7),
  UINT8(4, 1, 7),
  INT16(5, 2, 7),
  INT8(6, 1, 7),
  INT64(9, 8, 10),
  BOOL(10, 1, 11),
  BFLOAT16(14, 2, 13),
  UINT16(17, 2, 7),
  HALF(19, 2, 13),
  UINT32(22, 4, 16),
  UINT64(23, 8, 17);

  private static final ElementType[] BY_NUMBER = new ElementType[24];

  static {
    for (ElementType type : values()) {
      BY_NUMBER[type.number] = type;
    }
  }

  private final int number;
  private final int size;
  private final int field;

  ElementType(int number, int size, int field) {
    this.number = number;
    this.size = size;
    this.field = field;
  }

  /** The type of that number, or null when it is no number's. */
  static ElementType of(long number) {
    return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[(int) number] : null;
  }

  /** Bytes of one element in {@code tensor_content}. */
  int size() {
    return size;
  }

  /** The field of TensorProto that holds elements of this type. */
  int field() {
    return field;
  }

  /** Whether values have a fraction. */
  public boolean floating() {
    return this == FLOAT || this == DOUBLE || this == HALF || this == BFLOAT16;
  }

  /**
   * An element as this package keeps it: the bits of the double that equals a floating value, the
   * integer itself otherwise.
   *
   * @param raw the element's own bits, as they stand in {@code tensor_content} or in a value field
   */
  long bits(long raw) {
    return switch (this) {
      case FLOAT -> Double.doubleToRawLongBits(Float.intBitsToFloat((int) raw));
      case HALF -> Double.doubleToRawLongBits(Float.float16ToFloat((short) raw));
      case BFLOAT16 -> Double.doubleToRawLongBits(Float.intBitsToFloat((int) raw << 16));
      case INT32 -> (int) raw;
      case INT16 -> (short) raw;
      case INT8 -> (byte) raw;
      case UINT8 -> raw & 0xff;
      case UINT16 -> raw & 0xffff;
      case UINT32 -> raw & 0xffff_ffffL;
      case BOOL -> raw == 0 ? 0 : 1;
      case DOUBLE, INT64, UINT64 -> raw;
    };
  }

  /** What {@link #bits} stands for, as the nearest double. */
  double value(long bits) {
    if (floating()) {
      return Double.longBitsToDouble(bits);
    }
    if (this == UINT64 && bits < 0) {
      // Halved with the lost bit kept, so that the sum rounds as the whole number would.
      return (double) ((bits >>> 1) | (bits & 1)) * 2.0;
    }
    return (double) bits;
  }

  /** What {@link #bits} stands for, exactly, in decimal. */
  void append(StringBuilder text, long bits) {
    if (floating()) {
      DecimalText.append(text, Double.longBitsToDouble(bits));
    } else if (this == UINT64) {
      text.append(Long.toUnsignedString(bits));
    } else {
      text.append(bits);
    }
  }
}
