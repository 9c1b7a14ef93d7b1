package dev.mlk.practice.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;

/** Semantic versions. */
final class VersionFunctions {
  static final String TYPE = "kubernetes.Semver";
  private static final CelType VERSION = OpaqueType.create(TYPE);
  private static final CelType BOOL = SimpleType.BOOL;
  private static final CelType INT = SimpleType.INT;
  private static final CelType TEXT = SimpleType.STRING;

  static final Functions ALL =
      new Functions()
          .global("semver", VERSION, a -> Version.parse((String) a[0]), TEXT)
          .global("semver", VERSION, a -> Version.parse(text(a)), TEXT, BOOL)
          .global("isSemver", BOOL, a -> Version.valid((String) a[0]), TEXT)
          .global("isSemver", BOOL, a -> Version.valid(text(a)), TEXT, BOOL)
          .member("major", INT, a -> of(a[0]).major().longValue(), VERSION)
          .member("minor", INT, a -> of(a[0]).minor().longValue(), VERSION)
          .member("patch", INT, a -> of(a[0]).patch().longValue(), VERSION)
          .member("isLessThan", BOOL, a -> of(a[0]).compareTo(of(a[1])) < 0, VERSION, VERSION)
          .member("isGreaterThan", BOOL, a -> of(a[0]).compareTo(of(a[1])) > 0, VERSION, VERSION)
          .member("compareTo", INT, a -> (long) of(a[0]).compareTo(of(a[1])), VERSION, VERSION);

  private VersionFunctions() {}

  private static String text(Object[] arguments) {
    String text = (String) arguments[0];
    return Boolean.TRUE.equals(arguments[1]) ? Version.normal(text) : text;
  }

  private static Version of(Object value) {
    return (Version) value;
  }
}
