package dev.mlk.practice.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import dev.cel.runtime.CelEvaluationException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** Kubernetes' functions on lists. */
final class ListFunctions {
  private static final CelType ITEM = TypeParamType.create("T");
  private static final CelType LIST = ListType.create(ITEM);

  static final Functions ALL =
      new Functions()
          .member("isSorted", SimpleType.BOOL, a -> isSorted(list(a)), LIST)
          .member("sum", ITEM, a -> sum(list(a)), LIST)
          .member("min", ITEM, a -> extreme(list(a), "min", -1), LIST)
          .member("max", ITEM, a -> extreme(list(a), "max", 1), LIST)
          .member("indexOf", SimpleType.INT, a -> (long) list(a).indexOf(a[1]), LIST, ITEM)
          .member("lastIndexOf", SimpleType.INT, a -> (long) list(a).lastIndexOf(a[1]), LIST, ITEM);

  private ListFunctions() {}

  private static List<?> list(Object[] arguments) {
    return (List<?>) arguments[0];
  }

  private static boolean isSorted(List<?> list) throws CelEvaluationException {
    for (int i = 1; i < list.size(); i++) {
      if (compare(list.get(i - 1), list.get(i)) > 0) {
        return false;
      }
    }
    return true;
  }

  private static Object extreme(List<?> list, String name, int sign) throws CelEvaluationException {
    if (list.isEmpty()) {
      throw new CelEvaluationException(name + " called on empty list");
    }
    Object found = list.getFirst();
    for (Object each : list) {
      found = compare(each, found) * sign > 0 ? each : found;
    }
    return found;
  }

  private static int compare(Object one, Object other) throws CelEvaluationException {
    if (one instanceof Comparable<?> && one.getClass() == other.getClass()) {
      @SuppressWarnings("unchecked") // Both are of one class, which is comparable.
      Comparator<Object> natural = (Comparator<Object>) (Comparator<?>) Comparator.naturalOrder();
      return natural.compare(one, other);
    }
    throw new CelEvaluationException("no such overload");
  }

  private static Object sum(List<?> list) throws CelEvaluationException {
    if (list.stream().allMatch(Long.class::isInstance)) {
      long sum = 0;
      for (Object each : list) {
        sum = Math.addExact(sum, (Long) each);
      }
      return sum;
    }
    if (list.stream().allMatch(Double.class::isInstance)) {
      return list.stream().mapToDouble(each -> (Double) each).sum();
    }
    if (list.stream().allMatch(Duration.class::isInstance)) {
      return list.stream().map(each -> (Duration) each).reduce(Duration.ZERO, Duration::plus);
    }
    throw new CelEvaluationException("no such overload");
  }
}
