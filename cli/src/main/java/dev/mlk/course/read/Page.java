package dev.mlk.course.read;

import dev.mlk.course.CourseModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page of a module, taken apart into introduction, steps and debrief. */
public final class Page {
  private static final Pattern STEP = Pattern.compile("## (\\d+\\.\\d+)\\b.*");

  private final String introduction;
  private final Map<String, String> sections;

  private Page(String introduction, Map<String, String> sections) {
    this.introduction = introduction;
    this.sections = sections;
  }

  /** The page of a module; empty sections where the file is not there. */
  public static Page of(CourseModule module) {
    if (!Files.isRegularFile(module.page())) {
      return new Page("", Map.of());
    }
    try {
      return parse(Files.readString(module.page()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Page parse(String markdown) {
    Map<String, StringBuilder> parts = new LinkedHashMap<>();
    var current = new StringBuilder();
    parts.put("", current);
    boolean fenced = false;
    for (String line : markdown.lines().toList()) {
      fenced ^= line.startsWith("```");
      Matcher step = STEP.matcher(line);
      boolean heading = !fenced && line.startsWith("## ");
      if (heading) {
        current = new StringBuilder();
        parts.put(step.matches() ? step.group(1) : line.substring(3).strip(), current);
      }
      current.append(line).append('\n');
    }
    Map<String, String> sections = new LinkedHashMap<>();
    parts.forEach((name, text) -> sections.put(name, text.toString()));
    return new Page(sections.remove(""), sections);
  }

  /** What stands before the first step, as Markdown. */
  public String introduction() {
    return introduction;
  }

  /** The section of a step, such as {@code 3.3}, or of a title such as {@code Debrief}. */
  public Optional<String> section(String name) {
    return Optional.ofNullable(sections.get(name));
  }

  /** All sections by name, in order. */
  public Map<String, String> sections() {
    return java.util.Collections.unmodifiableMap(sections);
  }
}
