package dev.mlk.images.mnist.arguments;

import dev.mlk.images.mnist.exit.ExitCode;
import dev.mlk.images.mnist.exit.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The value of each option: from the command line, else from the environment, else the usual. */
final class Values {
  private final Map<Option, String> given;
  private final Map<String, String> environment;

  Values(Map<Option, String> given, Map<String, String> environment) {
    this.given = given;
    this.environment = environment;
  }

  Optional<String> text(Option option) {
    String value = given.get(option);
    if (value == null && !option.variable().isEmpty()) {
      value = environment.get(option.variable());
      // An empty variable is what a template leaves behind that had nothing to fill in.
      value = value == null || value.isBlank() ? null : value.strip();
    }
    if (value == null && !option.usual().isEmpty()) {
      value = option.usual();
    }
    return Optional.ofNullable(value);
  }

  Optional<Path> folder(Option option) {
    return text(option).map(value -> Path.of(value).toAbsolutePath().normalize());
  }

  /**
   * The folder of the data. A variable may name one that is missing or empty: programs that read
   * the same variable download the digits to it, and this one has them already.
   */
  Optional<Path> dataFolder() {
    Optional<Path> folder = folder(Option.DATA_DIR);
    return given.containsKey(Option.DATA_DIR) ? folder : folder.filter(Values::holdsSomething);
  }

  private static boolean holdsSomething(Path folder) {
    String[] names = folder.toFile().list();
    return names != null && names.length > 0;
  }

  <E extends Enum<E>> E choice(Option option, E[] choices) {
    String value = text(option).orElseThrow();
    List<String> names = new ArrayList<>();
    for (E choice : choices) {
      String name = choice.name().toLowerCase(Locale.ROOT);
      if (name.equalsIgnoreCase(value)) {
        return choice;
      }
      names.add(name);
    }
    String wrong = value.toLowerCase(Locale.ROOT);
    throw wrong(option, value, "is not known. " + Nearest.suggestion(wrong, names));
  }

  long integer(Option option, String value, long minimum, long maximum) {
    try {
      long number = Long.parseLong(value);
      if (number >= minimum && number <= maximum) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, together with numbers out of range.
    }
    String limit = maximum == Long.MAX_VALUE ? " or more" : " to " + maximum;
    throw wrong(option, value, "is not a whole number, " + minimum + limit);
  }

  long integer(Option option, long minimum, long maximum) {
    return integer(option, text(option).orElseThrow(), minimum, maximum);
  }

  float number(Option option, String value, String range, float above, float atMost) {
    try {
      float number = Float.parseFloat(value);
      if (number > above && number <= atMost) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, together with numbers out of range.
    }
    throw wrong(option, value, "is not a number " + range);
  }

  private Failure wrong(Option option, String value, String what) {
    boolean typed = given.containsKey(option) || option.variable().isEmpty();
    String name = typed ? option.label() : option.variable();
    return new Failure(ExitCode.USAGE, name + "=" + value + ": " + value + " " + what);
  }
}
