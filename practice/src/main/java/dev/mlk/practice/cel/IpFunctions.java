package dev.mlk.practice.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;

/** IP addresses. */
final class IpFunctions {
  static final String TYPE = "net.IP";
  static final CelType IP = OpaqueType.create(TYPE);
  private static final CelType BOOL = SimpleType.BOOL;

  static final Functions ALL =
      new Functions()
          .global("ip", IP, a -> parse((String) a[0]), SimpleType.STRING)
          .global("isIP", BOOL, a -> Address.parse((String) a[0]).isPresent(), SimpleType.STRING)
          .global(
              "ip.isCanonical",
              BOOL,
              a -> parse((String) a[0]).toString().equals(a[0]),
              SimpleType.STRING)
          .global("string", SimpleType.STRING, a -> a[0].toString(), IP)
          .member("family", SimpleType.INT, a -> ((Address) a[0]).family(), IP)
          .member("isUnspecified", BOOL, a -> ((Address) a[0]).ip().isAnyLocalAddress(), IP)
          .member("isLoopback", BOOL, a -> ((Address) a[0]).ip().isLoopbackAddress(), IP)
          .member("isLinkLocalMulticast", BOOL, a -> ((Address) a[0]).ip().isMCLinkLocal(), IP)
          .member("isLinkLocalUnicast", BOOL, a -> ((Address) a[0]).ip().isLinkLocalAddress(), IP)
          .member("isGlobalUnicast", BOOL, a -> ((Address) a[0]).global(), IP);

  private IpFunctions() {}

  static Address parse(String text) throws CelEvaluationException {
    return Address.parse(text)
        .orElseThrow(
            () ->
                new CelEvaluationException(
                    "IP Address '"
                        + text
                        + "' parse error during conversion from string: unable to parse IP"));
  }
}
