package dev.mlk.events;

/** Where the parts of one Summary.Value stand in the array; used again for every record. */
final class ValueSlot {
  /** Forms of a value: their field numbers in Summary.Value. */
  static final int SIMPLE = 2;

  static final int IMAGE = 4;
  static final int HISTOGRAM = 5;
  static final int AUDIO = 6;
  static final int TENSOR = 8;

  int tagStart;
  int tagEnd;
  int metadataStart;
  int metadataEnd;

  /** The form, 0 for a value without content. */
  int form;

  int start;
  int end;

  Series series;

  /** Whether it is one number, in {@link #type} and {@link #bits}. */
  boolean number;

  ElementType type;
  long bits;

  /** What stands where a number should. */
  String seen = "";

  /** The kind of the forms of TensorFlow 1. */
  Kind kind() {
    return switch (form) {
      case SIMPLE -> Kind.SCALAR;
      case IMAGE -> Kind.IMAGE;
      case HISTOGRAM -> Kind.HISTOGRAM;
      case AUDIO -> Kind.AUDIO;
      default -> Kind.TENSOR;
    };
  }

  /** Reads a Summary.Value. */
  void read(Wire wire, byte[] bytes, int from, int to) throws BadRecordException {
    tagStart = 0;
    tagEnd = 0;
    metadataStart = 0;
    metadataEnd = 0;
    form = 0;
    number = false;
    int nodeStart = 0;
    int nodeEnd = 0;
    wire.over(bytes, from, to);
    while (wire.next()) {
      switch (wire.field) {
        case 1, 4, 5, 6, 7, 8, 9 -> {
          wire.is(wire.field, Wire.BYTES);
          int last = wire.length();
          switch (wire.field) {
            case 1 -> {
              tagStart = wire.next;
              tagEnd = last;
            }
            case 7 -> {
              nodeStart = wire.next;
              nodeEnd = last;
            }
            case 9 -> {
              metadataStart = wire.next;
              metadataEnd = last;
            }
            default -> {
              form = wire.field;
              start = wire.next;
              end = last;
            }
          }
          wire.next = last;
        }
        case SIMPLE -> {
          wire.is(SIMPLE, Wire.FIXED32);
          form = SIMPLE;
          type = ElementType.FLOAT;
          bits = ElementType.FLOAT.bits(wire.fixed32());
          number = true;
        }
        default -> wire.skip();
      }
    }
    if (form == TENSOR && tagStart == tagEnd) {
      // The tensor summaries of early TensorFlow name themselves so.
      tagStart = nodeStart;
      tagEnd = nodeEnd;
    }
  }
}
