package dev.mlk.app;

import dev.mlk.console.GlobalOptions;
import dev.mlk.console.Output;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes the global options out of a command line, wherever they stand before {@code --}. picocli
 * never sees them: that makes them legal before and after the verb, and each option that picocli
 * builds costs start-up time.
 */
final class ArgumentReader {
  private static final Map<String, String> WITH_VALUE =
      Map.ofEntries(
          Map.entry("--kubeconfig", "--kubeconfig"),
          Map.entry("--context", "--context"),
          Map.entry("--namespace", "--namespace"),
          Map.entry("-n", "--namespace"),
          Map.entry("--output", "--output"),
          Map.entry("-o", "--output"),
          Map.entry("--color", "--color"),
          Map.entry("--timeout", "--timeout"),
          Map.entry("--as", "--as"));
  private static final Map<String, String> SWITCHES =
      Map.ofEntries(
          Map.entry("-q", "--quiet"),
          Map.entry("--quiet", "--quiet"),
          Map.entry("-v", "--verbose"),
          Map.entry("--verbose", "--verbose"),
          Map.entry("--yes", "--yes"),
          Map.entry("-y", "--yes"),
          Map.entry("-h", "--help"),
          Map.entry("--help", "--help"));

  private final List<String> rest = new ArrayList<>();
  private final Map<String, String> found = new HashMap<>();

  /** Reads a command line. */
  ArgumentReader(String... arguments) {
    int i = 0;
    while (i < arguments.length) {
      String argument = arguments[i++];
      if (argument.equals("--")) {
        rest.addAll(List.of(arguments).subList(i - 1, arguments.length));
        return;
      }
      String value = attached(argument);
      String option =
          value == null ? argument : argument.substring(0, argument.length() - value.length());
      String name =
          WITH_VALUE.get(option.endsWith("=") ? option.substring(0, option.length() - 1) : option);
      if (name != null) {
        if (value == null && i == arguments.length) {
          throw new Problem.Usage(Explanation.of("the option " + argument + " needs a value"));
        }
        found.put(name, value == null ? arguments[i++] : value);
      } else if (SWITCHES.containsKey(argument)) {
        found.put(SWITCHES.get(argument), "");
      } else {
        rest.add(argument);
      }
    }
  }

  /** What is attached to a global option, as in {@code --color=never}, {@code -ojson}; or null. */
  private static String attached(String argument) {
    int equals = argument.indexOf('=');
    if (argument.startsWith("--")) {
      return equals < 0 ? null : argument.substring(equals + 1);
    }
    boolean known = argument.startsWith("-n") || argument.startsWith("-o");
    if (!known || argument.length() == 2) {
      return null;
    }
    return argument.substring(argument.charAt(2) == '=' ? 3 : 2);
  }

  /** Everything that is not a global option, in order. */
  List<String> rest() {
    return rest;
  }

  /** Whether help is asked for. */
  boolean help() {
    return found.containsKey("--help");
  }

  /** {@code auto}, {@code always} or {@code never}. */
  String colour() {
    String value = found.getOrDefault("--color", "auto");
    if (!List.of("auto", "always", "never").contains(value)) {
      throw new Problem.Usage(
          Explanation.of("no colour setting \"" + value + "\"")
              .because("--color takes one of: auto, always, never"));
    }
    return value;
  }

  /** The options as a command gets them. */
  GlobalOptions options() {
    String timeout = found.get("--timeout");
    return new GlobalOptions(
        found.getOrDefault("--kubeconfig", ""),
        found.getOrDefault("--context", ""),
        found.getOrDefault("--namespace", ""),
        found.getOrDefault("--as", ""),
        found.containsKey("--output") ? Output.parse(found.get("--output")) : Output.TEXT,
        timeout == null ? Optional.empty() : Optional.of(duration(timeout)),
        new GlobalOptions.Switches(
            found.containsKey("--quiet"),
            found.containsKey("--verbose"),
            found.containsKey("--yes")));
  }

  /** {@code 90}, {@code 90s}, {@code 10m}, {@code 1h30m}: Go's durations, and plain seconds. */
  private static Duration duration(String text) {
    Duration total = Duration.ZERO;
    long number = -1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9' && number < 1_000_000_000) {
        number = Math.max(0, number) * 10 + (c - '0');
        continue;
      }
      Duration unit =
          switch (c) {
            case 's' -> Duration.ofSeconds(1);
            case 'm' -> Duration.ofMinutes(1);
            case 'h' -> Duration.ofHours(1);
            case 'd' -> Duration.ofDays(1);
            default -> null;
          };
      if (unit == null || number < 0) {
        throw noDuration(text);
      }
      total = total.plus(unit.multipliedBy(number));
      number = -1;
    }
    if (text.isEmpty()) {
      throw noDuration(text);
    }
    return number < 0 ? total : total.plusSeconds(number);
  }

  private static Problem noDuration(String text) {
    return new Problem.Usage(
        Explanation.of("no duration \"" + text + "\"")
            .because("--timeout takes seconds or numbers with s, m, h, d: 90, 90s, 10m, 1h30m"));
  }
}
