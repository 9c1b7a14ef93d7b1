package dev.mlk.practice.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.mlk.practice.quantity.Quantity;
import java.math.BigDecimal;

/** Amounts such as {@code 1Gi}. */
final class QuantityFunctions {
  static final String TYPE = "kubernetes.Quantity";
  private static final CelType QUANTITY = OpaqueType.create(TYPE);

  static final Functions ALL =
      new Functions()
          .global("quantity", QUANTITY, a -> parse((String) a[0]), SimpleType.STRING)
          .global(
              "isQuantity",
              SimpleType.BOOL,
              a -> Quantity.parse((String) a[0]).isPresent(),
              SimpleType.STRING)
          .global("sign", SimpleType.INT, a -> (long) of(a[0]).amount().signum(), QUANTITY)
          .member("isInteger", SimpleType.BOOL, a -> isInteger(of(a[0])), QUANTITY)
          .member("asInteger", SimpleType.INT, a -> integer(of(a[0])), QUANTITY)
          .member(
              "asApproximateFloat",
              SimpleType.DOUBLE,
              a -> of(a[0]).amount().doubleValue(),
              QUANTITY)
          .member("add", QUANTITY, a -> of(a[0]).plus(of(a[1])), QUANTITY, QUANTITY)
          .member("add", QUANTITY, a -> of(a[0]).plus(of(a[1])), QUANTITY, SimpleType.INT)
          .member("sub", QUANTITY, a -> of(a[0]).minus(of(a[1])), QUANTITY, QUANTITY)
          .member("sub", QUANTITY, a -> of(a[0]).minus(of(a[1])), QUANTITY, SimpleType.INT)
          .member("isLessThan", SimpleType.BOOL, a -> compare(a) < 0, QUANTITY, QUANTITY)
          .member("isGreaterThan", SimpleType.BOOL, a -> compare(a) > 0, QUANTITY, QUANTITY)
          .member("compareTo", SimpleType.INT, a -> compare(a), QUANTITY, QUANTITY);

  private QuantityFunctions() {}

  private static Quantity parse(String text) throws CelEvaluationException {
    return Quantity.parse(text)
        .orElseThrow(
            () ->
                new CelEvaluationException(
                    "quantities must match the regular expression"
                        + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"));
  }

  private static Quantity of(Object value) {
    return value instanceof Long number ? Quantity.of(number) : (Quantity) value;
  }

  private static long compare(Object[] arguments) {
    return of(arguments[0]).compareTo(of(arguments[1]));
  }

  private static boolean isInteger(Quantity quantity) {
    BigDecimal amount = quantity.amount();
    return amount.stripTrailingZeros().scale() <= 0 && amount.toBigInteger().bitLength() < 64;
  }

  private static long integer(Quantity quantity) throws CelEvaluationException {
    if (!isInteger(quantity)) {
      throw new CelEvaluationException("cannot convert value to integer");
    }
    return quantity.amount().longValue();
  }
}
