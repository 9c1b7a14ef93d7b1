package dev.mlk.practice.cel;

import dev.cel.common.types.CelType;
import dev.mlk.practice.quantity.Quantity;
import java.net.URI;
import java.util.List;

/** The Java classes of the types that functions take. */
final class Classes {
  private Classes() {}

  static Class<?> of(CelType type) {
    return switch (type.kind()) {
      case STRING -> String.class;
      case INT -> Long.class;
      case BOOL -> Boolean.class;
      case LIST -> List.class;
      case OPAQUE ->
          switch (type.name()) {
            case QuantityFunctions.TYPE -> Quantity.class;
            case UrlFunctions.TYPE -> URI.class;
            case IpFunctions.TYPE -> Address.class;
            case CidrFunctions.TYPE -> Network.class;
            case FormatFunctions.TYPE -> NamedFormat.class;
            case VersionFunctions.TYPE -> Version.class;
            default -> Object.class;
          };
      default -> Object.class;
    };
  }
}
