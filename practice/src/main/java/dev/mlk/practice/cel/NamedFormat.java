package dev.mlk.practice.cel;

import dev.mlk.practice.name.Names;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A format of texts that expressions can name.
 *
 * @param check what is wrong with a text
 */
record NamedFormat(Check check) {
  /** Finds what is wrong. */
  @FunctionalInterface
  interface Check {
    List<String> problems(String text);
  }

  private static final Pattern UUID =
      Pattern.compile("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}");

  /** All by their names. */
  static final Map<String, NamedFormat> ALL = all();

  private static Map<String, NamedFormat> all() {
    Map<String, NamedFormat> all = new TreeMap<>();
    all.put("dns1123Label", name(text -> Names.label(text, false)));
    all.put("dns1123LabelPrefix", name(text -> Names.label(text, true)));
    all.put("dns1123Subdomain", name(text -> Names.subdomain(text, false)));
    all.put("dns1123SubdomainPrefix", name(text -> Names.subdomain(text, true)));
    all.put("dns1035Label", name(text -> Names.serviceLabel(text, false)));
    all.put("dns1035LabelPrefix", name(text -> Names.serviceLabel(text, true)));
    all.put("qualifiedName", new NamedFormat(Names::qualifiedName));
    all.put("labelValue", new NamedFormat(Names::labelValue));
    all.put("uri", new NamedFormat(NamedFormat::uri));
    all.put("uuid", is(UUID.asMatchPredicate(), "does not match the UUID format"));
    all.put("byte", is(NamedFormat::base64, "invalid base64"));
    all.put("date", is(NamedFormat::date, "invalid date"));
    all.put("datetime", is(NamedFormat::moment, "invalid datetime"));
    return Map.copyOf(all);
  }

  /** Here the server counts characters, and says so, where it counts bytes in names of objects. */
  private static NamedFormat name(Check check) {
    return new NamedFormat(
        text ->
            check.problems(text).stream()
                .map(problem -> problem.replaceFirst(" bytes$", " characters"))
                .toList());
  }

  private static NamedFormat is(Predicate<String> good, String otherwise) {
    return new NamedFormat(text -> good.test(text) ? List.of() : List.of(otherwise));
  }

  /** The URI of a text as a request would have it: absolute, or a path. */
  static Optional<URI> request(String text) {
    try {
      URI uri = new URI(text);
      return uri.isAbsolute() || text.startsWith("/") ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static List<String> uri(String text) {
    if (request(text).isPresent()) {
      return List.of();
    }
    String why = text.isEmpty() ? "empty url" : "invalid URI for request";
    return List.of("parse \"" + text + "\": " + why);
  }

  private static boolean base64(String text) {
    try {
      return Base64.getDecoder().decode(text).length > 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean date(String text) {
    try {
      return text.length() == 10 && LocalDate.parse(text).getYear() >= 0;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean moment(String text) {
    try {
      return OffsetDateTime.parse(text.replace('t', 'T').replace('z', 'Z')).getYear() >= 0;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
