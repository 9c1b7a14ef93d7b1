package dev.mlk.practice.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.mlk.practice.cel.CallCost.Operand;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an expression may cost at most, with the largest values that the schema allows. The rules
 * are those of CEL's estimates and of the API server, so that the same definitions are refused: a
 * value's size is known from where in the schema it is, from what is written in the expression, or
 * from what it was made of; otherwise it is endless.
 */
final class CostEstimate {
  private static final long LIST = 10;
  private static final long MAP = 30;
  private static final long MESSAGE = 40;
  private static final Shape KEY = new Shape(Shape.Type.STRING, null, Map.of(), 0, 0);

  /**
   * Where in the schema a value is.
   *
   * @param shape the node; null where the way leads out of the schema
   */
  private record Place(Shape shape) {}

  /** How large the keys and values of a list or map are that an expression has made. */
  private record Entry(boolean list, Size key, Size value) {}

  /** A variable of a macro; each of its parts is null when it is not known. */
  private record Local(Place place, Size size, Entry entry) {}

  private final CelAbstractSyntaxTree tree;
  private final Shape root;
  private final Map<Long, Place> places = new HashMap<>();
  private final Map<Long, Size> sizes = new HashMap<>();
  private final Map<Long, Entry> entries = new HashMap<>();
  private final Map<String, Deque<Local>> locals = new HashMap<>();

  private CostEstimate(CelAbstractSyntaxTree tree, Shape root) {
    this.tree = tree;
    this.root = root;
  }

  /** The cost of an expression on a value of that shape. */
  static long of(CelAbstractSyntaxTree tree, Shape self) {
    return new CostEstimate(tree, self).cost(tree.getExpr());
  }

  private long cost(CelExpr expression) {
    return switch (expression.getKind()) {
      case IDENT -> {
        Local local = local(expression.ident().name());
        places.put(expression.id(), local == null ? new Place(root) : local.place());
        yield 1;
      }
      case SELECT -> select(expression);
      case CALL -> call(expression);
      case LIST -> list(expression);
      case MAP -> map(expression);
      case STRUCT -> {
        long sum = MESSAGE;
        for (CelExpr.CelStruct.Entry entry : expression.struct().entries()) {
          sum = Size.sum(sum, cost(entry.value()));
        }
        yield sum;
      }
      case COMPREHENSION -> comprehension(expression);
      default -> 0;
    };
  }

  private long select(CelExpr expression) {
    CelExpr operand = expression.select().operand();
    long cost = cost(operand);
    if (expression.select().testOnly()) {
      return cost;
    }
    places.put(expression.id(), field(place(operand), expression.select().field()));
    CelKind kind = type(operand).kind();
    boolean counts = kind == CelKind.MAP || kind == CelKind.STRUCT || kind == CelKind.TYPE_PARAM;
    return Size.sum(cost, counts ? 1 : 0);
  }

  private Place field(Place of, String name) {
    if (of == null) {
      return new Place(root);
    }
    Shape.Field field = of.shape() == null ? null : of.shape().fields().get(name);
    return new Place(field == null ? null : field.shape());
  }

  private Place element(Place of) {
    return of == null
        ? new Place(root)
        : new Place(of.shape() == null ? null : of.shape().element());
  }

  private Place key(Place of, boolean list) {
    if (of == null && !list) {
      return new Place(root);
    }
    boolean map = of != null && of.shape() != null && of.shape().type() == Shape.Type.MAP;
    return new Place(map && !list ? KEY : null);
  }

  private long list(CelExpr expression) {
    long sum = LIST;
    Size items = null;
    for (CelExpr element : expression.list().elements()) {
      sum = Size.sum(sum, cost(element));
      items = items == null ? size(element) : items.or(size(element));
    }
    entries.put(expression.id(), new Entry(true, Size.of(1), items == null ? Size.of(0) : items));
    return sum;
  }

  private long map(CelExpr expression) {
    long sum = MAP;
    Size keys = null;
    Size values = null;
    for (CelExpr.CelMap.Entry entry : expression.map().entries()) {
      sum = Size.sum(sum, Size.sum(cost(entry.key()), cost(entry.value())));
      keys = keys == null ? size(entry.key()) : keys.or(size(entry.key()));
      values = values == null ? size(entry.value()) : values.or(size(entry.value()));
    }
    entries.put(
        expression.id(),
        new Entry(false, keys == null ? Size.of(0) : keys, values == null ? Size.of(0) : values));
    return sum;
  }

  private long comprehension(CelExpr expression) {
    CelExpr.CelComprehension loop = expression.comprehension();
    CelExpr range = loop.iterRange();
    long cost = Size.sum(cost(range), cost(loop.accuInit()));
    push(
        loop.accuVar(),
        new Local(place(loop.accuInit()), known(loop.accuInit()), entry(loop.accuInit())));
    pushRange(loop);
    long step = Size.sum(cost(loop.loopCondition()), cost(loop.loopStep()));
    pop(loop.iterVar());
    if (!loop.iterVar2().isEmpty()) {
      pop(loop.iterVar2());
    }
    cost = Size.sum(cost, cost(loop.result()));
    pop(loop.accuVar());
    Size count = size(range);
    if (loop.accuInit().getKind() == CelExpr.ExprKind.Kind.CONSTANT) {
      remember(expression, known(loop.accuInit()));
    } else if (loop.accuInit().getKind() == CelExpr.ExprKind.Kind.LIST
        || loop.accuInit().getKind() == CelExpr.ExprKind.Kind.MAP) {
      remember(expression, count);
      Entry made = entry(loop.loopStep());
      if (made != null) {
        entries.put(expression.id(), made);
      }
    }
    return Size.sum(cost, Size.product(count.most(), step));
  }

  private void pushRange(CelExpr.CelComprehension loop) {
    CelExpr range = loop.iterRange();
    Entry entry = entry(range);
    boolean list = entry == null ? type(range).kind() == CelKind.LIST : entry.list();
    Local key = new Local(key(place(range), list), entry == null ? null : entry.key(), null);
    Local value = new Local(element(place(range)), entry == null ? null : entry.value(), null);
    if (loop.iterVar2().isEmpty()) {
      push(loop.iterVar(), list ? value : key);
    } else {
      push(loop.iterVar(), key);
      push(loop.iterVar2(), value);
    }
  }

  private long call(CelExpr expression) {
    CelExpr.CelCall call = expression.call();
    long[] costs = new long[call.args().size()];
    long sum = 0;
    for (int i = 0; i < costs.length; i++) {
      costs[i] = cost(call.args().get(i));
      sum = Size.sum(sum, costs[i]);
    }
    if (call.function().equals("_?_:_")) {
      return conditional(expression, costs);
    }
    if (call.function().equals("_&&_") || call.function().equals("_||_")) {
      return sum;
    }
    if (call.target().isPresent()) {
      sum = Size.sum(sum, cost(call.target().get()));
    }
    return Size.sum(sum, function(expression));
  }

  /** The dearest of the functions that it may be. */
  private long function(CelExpr expression) {
    CelExpr.CelCall call = expression.call();
    Optional<Operand> target = call.target().map(this::operand);
    List<Operand> arguments = new ArrayList<>();
    call.args().forEach(argument -> arguments.add(operand(argument)));
    long dearest = 0;
    for (String overload :
        tree.getReference(expression.id())
            .map(found -> (List<String>) found.overloadIds())
            .orElse(List.of())) {
      CallCost cost = CallCost.of(call.function(), overload, target, arguments);
      dearest = Math.max(dearest, cost.cost());
      Size result = cost.result().orElse(null);
      switch (overload) {
        case "index_list", "index_map" -> {
          Entry entry = entry(call.args().getFirst());
          result = entry == null ? null : entry.value();
          places.put(expression.id(), element(place(call.args().getFirst())));
        }
        case "add_list" -> {
          Entry left = entry(call.args().get(0));
          Entry right = entry(call.args().get(1));
          if (left != null && right != null) {
            entries.put(expression.id(), both(left, right));
          }
        }
        default -> {}
      }
      if (result != null) {
        sizes.merge(expression.id(), result, Size::or);
      }
    }
    return dearest;
  }

  private long conditional(CelExpr expression, long[] costs) {
    List<CelExpr> parts = expression.call().args();
    sizes.put(expression.id(), size(parts.get(1)).or(size(parts.get(2))));
    Entry yes = entry(parts.get(1));
    Entry no = entry(parts.get(2));
    if (yes != null && no != null) {
      entries.put(expression.id(), both(yes, no));
    }
    return Size.sum(costs[0], Math.max(costs[1], costs[2]));
  }

  private static Entry both(Entry one, Entry other) {
    return new Entry(one.list(), one.key().or(other.key()), one.value().or(other.value()));
  }

  private Operand operand(CelExpr expression) {
    CelConstant literal =
        expression.getKind() == CelExpr.ExprKind.Kind.CONSTANT ? expression.constant() : null;
    OptionalLong number =
        literal != null && literal.getKind() == CelConstant.Kind.INT64_VALUE
            ? OptionalLong.of(literal.int64Value())
            : OptionalLong.empty();
    if (!(type(expression) instanceof ListType list) || !list.hasElemType()) {
      return new Operand(size(expression), Optional.empty(), false, number);
    }
    Place place = place(expression);
    Place item = place == null ? null : element(place);
    Size element =
        item == null || item.shape() == null ? Size.UNKNOWN : new Size(0, item.shape().most());
    CelKind kind = list.elemType().kind();
    boolean texts = kind == CelKind.STRING || kind == CelKind.BYTES;
    return new Operand(size(expression), Optional.of(element), texts, number);
  }

  private CelType type(CelExpr expression) {
    return tree.getType(expression.id()).orElse(dev.cel.common.types.SimpleType.DYN);
  }

  private Place place(CelExpr expression) {
    if (expression.getKind() == CelExpr.ExprKind.Kind.IDENT) {
      Local local = local(expression.ident().name());
      if (local != null) {
        return local.place();
      }
    }
    return places.get(expression.id());
  }

  private Entry entry(CelExpr expression) {
    Entry made = entries.get(expression.id());
    if (made == null && expression.getKind() == CelExpr.ExprKind.Kind.IDENT) {
      Local local = local(expression.ident().name());
      return local == null ? null : local.entry();
    }
    return made;
  }

  private Size size(CelExpr expression) {
    Size size = known(expression);
    return size == null ? Size.UNKNOWN : size;
  }

  /** The size as far as it is known; null when it is not. */
  private Size known(CelExpr expression) {
    Size size = sizes.get(expression.id());
    if (size != null) {
      return size;
    }
    size = written(expression);
    if (size != null) {
      return size;
    }
    Place place = place(expression);
    if (place != null && place.shape() != null) {
      return new Size(0, place.shape().most());
    }
    switch (type(expression).kind()) {
      case BOOL, DOUBLE, DURATION, INT, TIMESTAMP, UINT -> {
        return Size.of(1);
      }
      default -> {}
    }
    Local local =
        expression.getKind() == CelExpr.ExprKind.Kind.IDENT
            ? local(expression.ident().name())
            : null;
    return local == null ? null : local.size();
  }

  /** The size of what stands in the expression itself; null for all else. */
  private static Size written(CelExpr expression) {
    return switch (expression.getKind()) {
      case LIST -> Size.of(expression.list().elements().size());
      case MAP -> Size.of(expression.map().entries().size());
      case CONSTANT ->
          switch (expression.constant().getKind()) {
            case STRING_VALUE -> {
              String text = expression.constant().stringValue();
              yield Size.of(text.codePointCount(0, text.length()));
            }
            case BYTES_VALUE -> Size.of(expression.constant().bytesValue().size());
            default -> Size.of(1);
          };
      default -> null;
    };
  }

  private void remember(CelExpr expression, Size sizeOrNull) {
    if (sizeOrNull != null) {
      sizes.put(expression.id(), sizeOrNull);
    }
  }

  private void push(String name, Local local) {
    locals.computeIfAbsent(name, _ -> new ArrayDeque<>()).push(local);
  }

  private void pop(String name) {
    locals.get(name).pop();
  }

  private Local local(String name) {
    Deque<Local> stack = locals.get(name);
    return stack == null ? null : stack.peek();
  }
}
