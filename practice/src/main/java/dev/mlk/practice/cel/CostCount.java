package dev.mlk.practice.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelEvaluationListener;
import dev.mlk.practice.cel.CallCost.Operand;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Counts what an evaluation costs while it runs, and ends it when that is too much. */
final class CostCount implements CelEvaluationListener {
  /** What one expression may cost: about a tenth of a second. */
  static final long MOST = 1_000_000;

  private static final long LIST = 10;
  private static final long MAP = 30;

  /** Ends an evaluation. */
  static final class TooMuch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooMuch() {
      super("the evaluation costs too much", null, false, false);
    }
  }

  private final Map<Long, List<String>> overloads;
  private final Map<Long, Object> values = new HashMap<>();
  private long cost;

  /**
   * A count that begins.
   *
   * @param overloads which functions a call may be, by its id
   */
  CostCount(Map<Long, List<String>> overloads) {
    this.overloads = overloads;
  }

  /** The cost so far. */
  long cost() {
    return cost;
  }

  @Override
  public void callback(CelExpr expression, Object value) {
    cost = Size.sum(cost, cost(expression));
    if (cost > MOST) {
      throw new TooMuch();
    }
    values.put(expression.id(), value);
  }

  private long cost(CelExpr expression) {
    return switch (expression.getKind()) {
      case IDENT -> 1;
      case SELECT -> expression.select().testOnly() ? 0 : 1;
      case LIST -> LIST;
      case MAP, STRUCT -> MAP;
      case CALL -> call(expression);
      default -> 0;
    };
  }

  private long call(CelExpr expression) {
    CelExpr.CelCall call = expression.call();
    switch (call.function()) {
      case "_?_:_", "_&&_", "_||_" -> {
        return 0;
      }
      default -> {}
    }
    List<Operand> arguments = new ArrayList<>();
    call.args().forEach(argument -> arguments.add(operand(values.get(argument.id()))));
    Optional<Operand> target = call.target().map(on -> operand(values.get(on.id())));
    long dearest = 1;
    for (String overload : overloads.getOrDefault(expression.id(), List.of())) {
      dearest = Math.max(dearest, CallCost.of(call.function(), overload, target, arguments).cost());
    }
    return dearest;
  }

  private static Operand operand(Object value) {
    Size size = Size.of(size(value));
    if (!(value instanceof Collection<?> list)) {
      return Operand.plain(size);
    }
    Object first = list.isEmpty() ? "" : list.iterator().next();
    return new Operand(
        size, Optional.of(Size.of(size(first))), first instanceof String, OptionalLong.empty());
  }

  private static long size(Object value) {
    return switch (value) {
      case String text -> text.length();
      case CelByteString bytes -> bytes.size();
      case Collection<?> list -> list.size();
      case Map<?, ?> map -> map.size();
      case null, default -> 1;
    };
  }
}
