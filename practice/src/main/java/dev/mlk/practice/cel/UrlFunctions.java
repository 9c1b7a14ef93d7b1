package dev.mlk.practice.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Addresses of the web: absolute ones, or paths. */
final class UrlFunctions {
  static final String TYPE = "kubernetes.URL";
  private static final CelType URL = OpaqueType.create(TYPE);
  private static final CelType TEXT = SimpleType.STRING;

  static final Functions ALL =
      new Functions()
          .global("url", URL, a -> parse((String) a[0]), TEXT)
          .global(
              "isURL", SimpleType.BOOL, a -> NamedFormat.request((String) a[0]).isPresent(), TEXT)
          .member("getScheme", TEXT, a -> text(((URI) a[0]).getScheme()), URL)
          .member("getHost", TEXT, a -> host((URI) a[0]), URL)
          .member("getHostname", TEXT, a -> name((URI) a[0]), URL)
          .member("getPort", TEXT, a -> port((URI) a[0]), URL)
          .member("getEscapedPath", TEXT, a -> text(((URI) a[0]).getRawPath()), URL)
          .member(
              "getQuery", MapType.create(TEXT, ListType.create(TEXT)), a -> query((URI) a[0]), URL);

  private UrlFunctions() {}

  private static URI parse(String text) throws CelEvaluationException {
    return NamedFormat.request(text)
        .orElseThrow(
            () ->
                new CelEvaluationException(
                    "URL parse error during conversion from string: parse \""
                        + text
                        + "\": invalid URI for request"));
  }

  private static String text(String part) {
    return part == null ? "" : part;
  }

  private static String port(URI uri) {
    return uri.getPort() < 0 ? "" : Integer.toString(uri.getPort());
  }

  private static String host(URI uri) {
    return uri.getPort() < 0 ? text(uri.getHost()) : uri.getHost() + ":" + uri.getPort();
  }

  private static String name(URI uri) {
    String host = text(uri.getHost());
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static Map<String, List<String>> query(URI uri) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (String part : text(uri.getRawQuery()).split("&", -1)) {
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        String name = equals < 0 ? part : part.substring(0, equals);
        query
            .computeIfAbsent(decoded(name), _ -> new ArrayList<>())
            .add(equals < 0 ? "" : decoded(part.substring(equals + 1)));
      }
    }
    return query;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
