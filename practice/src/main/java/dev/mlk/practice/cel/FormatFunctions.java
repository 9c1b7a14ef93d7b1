package dev.mlk.practice.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import java.util.List;
import java.util.Optional;

/** Formats of texts by their names, and what is wrong with a text. */
final class FormatFunctions {
  static final String TYPE = "kubernetes.NamedFormat";
  private static final CelType FORMAT = OpaqueType.create(TYPE);
  private static final CelType TEXT = SimpleType.STRING;

  static final Functions ALL = all();

  private FormatFunctions() {}

  private static Functions all() {
    Functions functions =
        new Functions()
            .global(
                "format.named",
                OptionalType.create(FORMAT),
                a -> Optional.ofNullable(NamedFormat.ALL.get(a[0])),
                TEXT)
            .member(
                "validate",
                OptionalType.create(ListType.create(TEXT)),
                a -> problems((NamedFormat) a[0], (String) a[1]),
                FORMAT,
                TEXT);
    for (String name : NamedFormat.ALL.keySet()) {
      functions.global("format." + name, FORMAT, _ -> NamedFormat.ALL.get(name));
    }
    return functions;
  }

  private static Optional<List<String>> problems(NamedFormat format, String text) {
    return Optional.of(format.check().problems(text)).filter(found -> !found.isEmpty());
  }
}
