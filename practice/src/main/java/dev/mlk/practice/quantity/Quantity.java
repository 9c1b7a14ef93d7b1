package dev.mlk.practice.quantity;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of a resource: {@code 500m}, {@code 1Gi}, {@code 2}.
 *
 * @param amount the exact value in units of one
 * @param format how it is written
 */
public record Quantity(BigDecimal amount, Format format) implements Comparable<Quantity> {
  /** How a quantity is written: 1k, 1Ki, 1e3. */
  public enum Format {
    DECIMAL_SI,
    BINARY_SI,
    DECIMAL_EXPONENT
  }

  private static final Pattern SHAPE =
      Pattern.compile(
          "([+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+))([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?");
  private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
  private static final List<String> DECIMAL =
      List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
  private static final BigDecimal K = BigDecimal.valueOf(1024);
  private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final int FARTHEST = 100_000;

  /** Reads a quantity; empty when it is none. */
  public static Optional<Quantity> parse(String text) {
    Matcher match = SHAPE.matcher(text);
    if (!match.matches()) {
      return Optional.empty();
    }
    BigDecimal number = new BigDecimal(match.group(1));
    String suffix = match.group(2) == null ? "" : match.group(2);
    int binary = BINARY.indexOf(suffix);
    if (binary > 0) {
      return Optional.of(new Quantity(roundedUp(number.multiply(K.pow(binary))), Format.BINARY_SI));
    }
    int decimal = DECIMAL.indexOf(suffix);
    if (decimal >= 0) {
      BigDecimal amount = number.scaleByPowerOfTen(3 * decimal - 9);
      return Optional.of(new Quantity(roundedUp(amount), Format.DECIMAL_SI));
    }
    BigDecimal amount = number.scaleByPowerOfTen(exponent(suffix.substring(1)));
    return Optional.of(new Quantity(roundedUp(amount), Format.DECIMAL_EXPONENT));
  }

  /** An exponent as far as it matters: beyond, every number is the largest or the smallest. */
  private static int exponent(String digits) {
    int sign = digits.startsWith("-") ? -1 : 1;
    BigInteger size = new BigInteger(digits).abs().min(BigInteger.valueOf(FARTHEST));
    return sign * size.intValue();
  }

  /** A whole number of units of one. */
  public static Quantity of(long units) {
    return new Quantity(BigDecimal.valueOf(units), Format.DECIMAL_SI);
  }

  /**
   * An amount of a resource in the unit in which pods are summed up.
   *
   * @param resource the resource, such as {@code memory}
   * @param amount thousandths of a CPU, else units of one
   */
  public static Quantity ofUnits(String resource, long amount) {
    if (resource.equals("cpu")) {
      return new Quantity(BigDecimal.valueOf(amount, 3), Format.DECIMAL_SI);
    }
    boolean bytes = resource.equals("memory") || resource.endsWith("storage");
    boolean binary = bytes && amount > 0 && amount % 1024 == 0;
    return new Quantity(BigDecimal.valueOf(amount), binary ? Format.BINARY_SI : Format.DECIMAL_SI);
  }

  /** The sum, written as this one is unless this one is zero. */
  public Quantity plus(Quantity other) {
    return new Quantity(amount.add(other.amount), amount.signum() == 0 ? other.format : format);
  }

  /** The difference, written as this one is. */
  public Quantity minus(Quantity other) {
    return new Quantity(amount.subtract(other.amount), format);
  }

  /** Thousandths, rounded up: the unit of CPU. */
  public long milli() {
    return amount.scaleByPowerOfTen(3).setScale(0, RoundingMode.CEILING).longValue();
  }

  /** Units of one, rounded up: bytes, devices, pods. */
  public long units() {
    return amount.setScale(0, RoundingMode.CEILING).longValue();
  }

  /** Whether it is a whole number. */
  public boolean whole() {
    return amount.stripTrailingZeros().scale() <= 0;
  }

  /** The canonical text, in the largest suffix that leaves a whole number. */
  @Override
  public String toString() {
    if (amount.signum() == 0) {
      return "0";
    }
    if (format == Format.BINARY_SI && whole() && amount.abs().compareTo(K) >= 0) {
      BigInteger number = amount.toBigIntegerExact();
      int step = 0;
      while (step < BINARY.size() - 1 && number.mod(BigInteger.valueOf(1024)).signum() == 0) {
        number = number.shiftRight(10);
        step++;
      }
      return number + BINARY.get(step);
    }
    BigInteger number =
        amount.scaleByPowerOfTen(9).setScale(0, RoundingMode.CEILING).toBigIntegerExact();
    int step = 0;
    BigInteger thousand = BigInteger.valueOf(1000);
    while (step < DECIMAL.size() - 1 && number.mod(thousand).signum() == 0) {
      number = number.divide(thousand);
      step++;
    }
    if (format == Format.DECIMAL_EXPONENT) {
      int exponent = 3 * step - 9;
      return exponent == 0 ? number.toString() : number + "e" + exponent;
    }
    return number + DECIMAL.get(step);
  }

  /** Orders by amount. */
  @Override
  public int compareTo(Quantity other) {
    return amount.compareTo(other.amount);
  }

  /**
   * Nothing finer than a billionth is kept, Kubernetes rounds away from zero, and nothing is larger
   * than a signed number of 64 bits.
   */
  private static BigDecimal roundedUp(BigDecimal amount) {
    if (amount.abs().compareTo(LARGEST) > 0) {
      return amount.signum() < 0 ? LARGEST.negate() : LARGEST;
    }
    return amount.scale() <= 9 ? amount : amount.setScale(9, RoundingMode.UP);
  }
}
