package dev.mlk.practice.schema;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The string formats of schemas that the server checks; any other format says nothing. */
final class Formats {
  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile("(" + BYTE + "\\.){3}" + BYTE);
  private static final Pattern IPV6 =
      Pattern.compile(
          "(?=.*:.*:)(?!.*::.*::)[0-9a-fA-F:]{2,39}(?:(?<=:)(" + BYTE + "\\.){3}" + BYTE + ")?");
  private static final Map<String, Predicate<String>> CHECKS =
      Map.ofEntries(
          Map.entry(
              "date-time",
              text -> GoTime.problem(text.replace('t', 'T').replace('z', 'Z'), false).isEmpty()),
          Map.entry("date", Formats::isDate),
          Map.entry("byte", text -> !text.isEmpty() && Base64Text.problem(text).isEmpty()),
          Map.entry("uri", Formats::isUri),
          Map.entry("ipv4", IPV4.asMatchPredicate()),
          Map.entry("ipv6", IPV6.asMatchPredicate()),
          Map.entry("cidr", Formats::isRange),
          pattern("mac", "([0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}"),
          pattern("uuid", "(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}"),
          pattern("email", "[^@\\s]+@[^@\\s]+"),
          pattern(
              "hostname",
              "(?!.{256})([a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?)(\\.[a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?)*\\.?"),
          pattern(
              "duration",
              "[-+]?((\\d+(\\.\\d*)?|\\.\\d+)(ns|us|µs|ms|s|m|h))+|0|\\d+\\s*(ns|us|µs|ms|s|m|h|hr|hour|d|day|w|wk|week|hours|days|weeks)"));

  private Formats() {}

  static boolean fits(String text, String format) {
    Predicate<String> check = CHECKS.get(format);
    return check == null || check.test(text);
  }

  private static Map.Entry<String, Predicate<String>> pattern(String format, String regex) {
    return Map.entry(format, Pattern.compile(regex).asMatchPredicate());
  }

  private static boolean isDate(String text) {
    try {
      return text.length() == 10 && LocalDate.parse(text).getYear() >= 0;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isUri(String text) {
    try {
      return new URI(text).isAbsolute();
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isRange(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,3}")) {
      return false;
    }
    String address = text.substring(0, slash);
    int bits = Integer.parseInt(text.substring(slash + 1));
    boolean four = IPV4.matcher(address).matches();
    return bits <= (four ? 32 : 128) && (four || IPV6.matcher(address).matches());
  }
}
