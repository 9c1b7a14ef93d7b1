package dev.mlk.practice.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;

/** Networks such as {@code 10.0.0.0/8}. */
final class CidrFunctions {
  static final String TYPE = "net.CIDR";
  private static final CelType CIDR = OpaqueType.create(TYPE);
  private static final CelType BOOL = SimpleType.BOOL;
  private static final CelType TEXT = SimpleType.STRING;

  static final Functions ALL =
      new Functions()
          .global("cidr", CIDR, a -> parse((String) a[0]), TEXT)
          .global("isCIDR", BOOL, a -> Network.parse((String) a[0]).isPresent(), TEXT)
          .global("string", TEXT, a -> a[0].toString(), CIDR)
          .member(
              "containsIP",
              BOOL,
              a -> ((Network) a[0]).contains((Address) a[1]),
              CIDR,
              IpFunctions.IP)
          .member(
              "containsIP",
              BOOL,
              a -> ((Network) a[0]).contains(IpFunctions.parse((String) a[1])),
              CIDR,
              TEXT)
          .member("containsCIDR", BOOL, a -> ((Network) a[0]).contains((Network) a[1]), CIDR, CIDR)
          .member(
              "containsCIDR",
              BOOL,
              a -> ((Network) a[0]).contains(parse((String) a[1])),
              CIDR,
              TEXT)
          .member("ip", IpFunctions.IP, a -> ((Network) a[0]).address(), CIDR)
          .member("masked", CIDR, a -> ((Network) a[0]).masked(), CIDR)
          .member("prefixLength", SimpleType.INT, a -> (long) ((Network) a[0]).prefix(), CIDR);

  private CidrFunctions() {}

  private static Network parse(String text) throws CelEvaluationException {
    return Network.parse(text)
        .orElseThrow(
            () ->
                new CelEvaluationException(
                    "CIDR '"
                        + text
                        + "' parse error during conversion from string: network address parse"
                        + " error"));
  }
}
