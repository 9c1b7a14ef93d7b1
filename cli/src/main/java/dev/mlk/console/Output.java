package dev.mlk.console;

import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code -o} asks for.
 *
 * @param format the form
 * @param file where to, for the forms that are written to a file ({@code junit=FILE}); else empty
 */
public record Output(Format format, String file) {
  /** The forms that some command knows. */
  public enum Format {
    TEXT("text"),
    WIDE("wide"),
    NAME("name"),
    JSON("json"),
    YAML("yaml"),
    JSONL("jsonl"),
    CSV("csv"),
    MARKDOWN("markdown"),
    HTML("html"),
    JUNIT("junit");

    private final String word;

    Format(String word) {
      this.word = word;
    }

    /** As the user writes it. */
    public String word() {
      return word;
    }
  }

  /** Words and tables for people. */
  public static final Output TEXT = new Output(Format.TEXT, "");

  /** Reads the value of {@code -o}. */
  public static Output parse(String value) {
    int equals = value.indexOf('=');
    String word = equals < 0 ? value : value.substring(0, equals);
    for (Format format : Format.values()) {
      if (format.word.equals(word) && (equals < 0 || format == Format.JUNIT)) {
        return new Output(format, equals < 0 ? "" : value.substring(equals + 1));
      }
    }
    throw unknown(value, List.of(Format.values()));
  }

  /** Whether a program reads it. */
  public boolean machine() {
    return format != Format.TEXT && format != Format.WIDE && format != Format.JUNIT;
  }

  /** Refuses a form that the command at hand does not have. */
  public void require(Format... known) {
    if (format != Format.TEXT && !List.of(known).contains(format)) {
      var all = new ArrayList<>(List.of(known));
      all.addFirst(Format.TEXT);
      throw unknown(format.word, all);
    }
  }

  private static Problem unknown(String value, List<Format> known) {
    List<String> words = new ArrayList<>();
    for (Format format : known) {
      words.add(format == Format.JUNIT ? "junit=FILE" : format.word);
    }
    return new Problem.Usage(
        Explanation.of("no output format \"" + value + "\"")
            .because("-o takes one of: " + String.join(", ", words)));
  }
}
