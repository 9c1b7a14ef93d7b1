package dev.mlk.practice.cel;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What calls cost, as the API server counts: one for most of them, and for those that walk through
 * texts and lists a share of their size. Its cost is about 50 ns of work.
 *
 * @param cost the cost without that of the arguments
 * @param result how large the result may be, where that is known
 */
record CallCost(long cost, Optional<Size> result) {
  private static final double LETTER = 0.1;
  private static final double PATTERN_LETTER = 0.25;

  /** The letters of the longest pattern of a format. */
  private static final long LONGEST_FORMAT = 128;

  /** The bytes of an address. */
  private static final Size ADDRESS = new Size(4, 16);

  /**
   * A value that a function works on.
   *
   * @param element how large its items are, when it is a list
   * @param texts whether those are texts
   * @param literal the number, when it is one that stands in the expression
   */
  record Operand(Size size, Optional<Size> element, boolean texts, OptionalLong literal) {
    static Operand plain(Size size) {
      return new Operand(size, Optional.empty(), false, OptionalLong.empty());
    }
  }

  private static CallCost of(long cost) {
    return new CallCost(cost, Optional.empty());
  }

  private static CallCost of(long cost, Size result) {
    return new CallCost(cost, Optional.of(result));
  }

  /**
   * The cost of a call.
   *
   * @param overload which of the functions of that name it is
   * @param target what it is called on, if it is
   */
  static CallCost of(
      String function, String overload, Optional<Operand> target, List<Operand> arguments) {
    return target
        .flatMap(on -> ofMember(function, on, arguments))
        .or(() -> ofGlobal(function, arguments))
        .orElseGet(() -> ofOperator(overload, target, arguments));
  }

  private static Optional<CallCost> ofMember(String function, Operand on, List<Operand> arguments) {
    Size size = on.size();
    CallCost cost =
        switch (function) {
          case "isSorted", "sum", "max", "min", "indexOf", "lastIndexOf" -> of(walk(on));
          case "lowerAscii", "upperAscii", "substring", "trim" -> of(size.cost(LETTER), size);
          case "replace" ->
              arguments.size() < 2
                  ? null
                  : of(
                      size.cost(2 * LETTER),
                      replaced(size, arguments.get(0).size(), arguments.get(1).size()));
          case "split" -> of(size.cost(2 * LETTER), new Size(0, parts(size, arguments)));
          case "join" -> joined(on, arguments);
          case "validate" ->
              arguments.isEmpty()
                  ? null
                  : of(
                      Size.product(
                          arguments.getFirst().size().cost(LETTER),
                          Size.cost(LONGEST_FORMAT, PATTERN_LETTER)));
          case "find", "findAll" ->
              arguments.isEmpty()
                  ? null
                  : of(matching(size, arguments.getFirst().size()), new Size(0, size.most()));
          case "containsIP" -> of(ADDRESS.plus(ADDRESS).cost(LETTER));
          case "containsCIDR" -> of(ADDRESS.plus(ADDRESS).cost(LETTER) + ADDRESS.cost(LETTER) + 1);
          case "startsWith", "endsWith" ->
              arguments.size() == 1 ? of(arguments.getFirst().size().cost(LETTER)) : null;
          case "matches" ->
              arguments.size() == 1 ? of(matching(size, arguments.getFirst().size())) : null;
          case "contains" ->
              arguments.size() == 1
                  ? of(Size.product(size.cost(LETTER), arguments.getFirst().size().cost(LETTER)))
                  : null;
          default -> null;
        };
    return Optional.ofNullable(cost);
  }

  private static Optional<CallCost> ofGlobal(String function, List<Operand> arguments) {
    return function.equals("url") && arguments.size() == 1
        ? Optional.of(of(arguments.getFirst().size().cost(LETTER)))
        : Optional.empty();
  }

  private static CallCost ofOperator(
      String overload, Optional<Operand> target, List<Operand> arguments) {
    if (arguments.size() == 1 && target.isEmpty()) {
      Size size = arguments.getFirst().size();
      return switch (overload) {
        case "string_to_bytes" ->
            of(size.cost(LETTER), new Size(size.least(), Size.product(size.most(), 4)));
        case "bytes_to_string" -> of(size.cost(LETTER), new Size(size.least() / 4, size.most()));
        default -> of(1);
      };
    }
    if (arguments.size() != 2 || target.isPresent()) {
      return of(1);
    }
    Size left = arguments.get(0).size();
    Size right = arguments.get(1).size();
    return switch (overload) {
      case "in_list" -> of(right.most());
      case "add_list" -> of(1, left.plus(right));
      case "add_string", "add_bytes" -> of(left.plus(right).cost(LETTER), left.plus(right));
      case "equals",
          "not_equals",
          "less_string",
          "greater_string",
          "less_equals_string",
          "greater_equals_string",
          "less_bytes",
          "greater_bytes",
          "less_equals_bytes",
          "greater_equals_bytes" ->
          of(Size.cost(Math.min(left.most(), right.most()), LETTER));
      default -> of(1);
    };
  }

  /** One for each item, and more where items are texts. */
  private static long walk(Operand on) {
    if (on.element().isEmpty()) {
      return on.size().cost(LETTER);
    }
    long each = Size.sum(1, on.texts() ? on.element().get().cost(LETTER) : 0);
    return Size.product(on.size().most(), each);
  }

  /** Each part of a pattern takes about four letters; an empty text is not free. */
  private static long matching(Size text, Size pattern) {
    return Size.product(text.plus(Size.of(1)).cost(LETTER), pattern.cost(PATTERN_LETTER));
  }

  private static long parts(Size text, List<Operand> arguments) {
    return arguments.size() > 1 && arguments.get(1).literal().isPresent()
        ? arguments.get(1).literal().getAsLong()
        : text.most();
  }

  private static CallCost joined(Operand list, List<Operand> arguments) {
    Size size = list.element().map(list.size()::times).orElse(Size.of(0));
    if (!arguments.isEmpty()) {
      Size between =
          new Size(Math.max(0, list.size().least() - 1), Math.max(0, list.size().most() - 1));
      size = size.plus(arguments.getFirst().size().times(between));
    }
    return of(size.cost(LETTER), size);
  }

  /** As long as it may get: short parts exchanged for long ones. */
  private static Size replaced(Size text, Size from, Size to) {
    long most;
    if (from.least() == 0) {
      // Nothing is replaced before, between and behind all letters.
      most = Size.sum(Size.product(Size.sum(text.most(), 1), to.most()), text.most());
    } else if (to.most() <= from.least()) {
      most = text.most();
    } else {
      most = Size.product(Size.cost(text.most(), 1.0 / from.least()), to.most());
    }
    long least;
    if (from.most() == 0) {
      least = Size.sum(Size.product(Size.sum(text.least(), 1), to.least()), text.least());
    } else if (from.most() <= to.least()) {
      least = text.least();
    } else {
      least = Size.product(Size.cost(text.least(), 1.0 / from.most()), to.least());
    }
    return new Size(least, most);
  }
}
