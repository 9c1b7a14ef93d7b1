package dev.mlk.course.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Rules for Dockerfiles, each about one thing that goes wrong. */
final class DockerfileCheck {
  /** The rules that there are. */
  static final List<String> RULES =
      List.of(
          "from-pinned",
          "copies",
          "entrypoint-exec",
          "entrypoint",
          "no-secrets",
          "no-add-url",
          "user",
          "short");

  private static final Pattern SECRET =
      Pattern.compile("(?i)(password|passwd|secret|token|api_?key|credential)\\w*[ =]\\s*\\S+");
  private static final int SHORT = 25;

  /** One instruction, with its continued lines. */
  private record Instruction(String name, String value) {
    String text() {
      return name + " " + value;
    }
  }

  private final LearnerFiles files;

  DockerfileCheck(Scene scene) {
    this.files = new LearnerFiles(scene.learner().folder());
  }

  Observation look(Arguments arguments) {
    Optional<String> text = files.text(arguments.text("file"));
    if (text.isEmpty()) {
      return FileChecks.noFile(arguments.text("file"));
    }
    List<Instruction> all = instructions(text.get());
    if (all.stream().noneMatch(one -> one.name.equals("FROM"))) {
      return Observation.not("there is no FROM", "FROM image:tag as the first instruction");
    }
    String value = arguments.text("value", "");
    return switch (arguments.text("rule")) {
      case "from-pinned" -> fromPinned(all);
      case "copies" -> copies(all, value);
      case "entrypoint" ->
          either(last(all, "ENTRYPOINT"), "there is no ENTRYPOINT", "an ENTRYPOINT");
      case "entrypoint-exec" -> exec(all);
      case "no-secrets" -> none(all, SECRET, "no secret in the image: whoever has it can read it");
      case "no-add-url" ->
          none(all, Pattern.compile("^ADD\\s+https?:"), "no download that nobody checks");
      case "user" -> user(all);
      case "short" ->
          Observation.of(
              all.size() <= SHORT,
              all.size() + " instructions",
              "at most " + SHORT + " instructions");
      default -> throw new IllegalArgumentException("no rule " + arguments.text("rule"));
    };
  }

  private static Observation fromPinned(List<Instruction> all) {
    for (Instruction one : all) {
      if (one.name.equals("FROM")) {
        String image = one.value.replaceFirst("^--platform=\\S+\\s+", "").split("\\s+", 2)[0];
        String last = image.substring(image.lastIndexOf('/') + 1);
        boolean pinned = last.contains("@") || (last.contains(":") && !last.endsWith(":latest"));
        if (!pinned && !image.equals("scratch")) {
          return Observation.not(one.text(), "a tag other than latest, or a digest");
        }
      }
    }
    return Observation.holds("every FROM is pinned");
  }

  private static Observation copies(List<Instruction> all, String file) {
    List<String> seen = new ArrayList<>();
    for (Instruction one : all) {
      if (one.name.equals("COPY") || one.name.equals("ADD")) {
        List<String> words =
            List.of(one.value.replaceAll("[\\[\\],\"]", " ").strip().split("\\s+", -1));
        List<String> sources =
            words.subList(0, words.size() - 1).stream().filter(w -> !w.startsWith("--")).toList();
        if (sources.contains(file) || sources.contains(".") || sources.contains("./" + file)) {
          return Observation.holds(one.text());
        }
        seen.add(one.text());
      }
    }
    return Observation.not(
        seen.isEmpty() ? "nothing is copied" : String.join("; ", seen), "COPY " + file + " ...");
  }

  private static Observation exec(List<Instruction> all) {
    Optional<Instruction> entrypoint = last(all, "ENTRYPOINT");
    String expected =
        "ENTRYPOINT [\"python\", \"main.py\"]: a list, so that arguments are passed on";
    return entrypoint.isEmpty()
        ? Observation.not(
            last(all, "CMD").map(Instruction::text).orElse("there is no ENTRYPOINT"), expected)
        : Observation.of(entrypoint.get().value.startsWith("["), entrypoint.get().text(), expected);
  }

  private static Observation user(List<Instruction> all) {
    Optional<Instruction> user = last(all, "USER");
    boolean root = user.map(one -> one.value.matches("(root|0)(:.*)?")).orElse(true);
    return Observation.of(
        !root,
        user.map(Instruction::text).orElse("there is no USER, so it runs as root"),
        "USER with a number or name other than root");
  }

  private static Observation none(List<Instruction> all, Pattern bad, String expected) {
    return all.stream()
        .filter(one -> bad.matcher(one.text()).find())
        .findFirst()
        .map(one -> Observation.not(one.text(), expected))
        .orElse(Observation.holds("none"));
  }

  private static Observation either(
      Optional<Instruction> found, String otherwise, String expected) {
    return found
        .map(one -> Observation.holds(one.text()))
        .orElse(Observation.not(otherwise, expected));
  }

  private static Optional<Instruction> last(List<Instruction> all, String name) {
    return all.reversed().stream().filter(one -> one.name.equals(name)).findFirst();
  }

  private static List<Instruction> instructions(String text) {
    List<Instruction> all = new ArrayList<>();
    var open = new StringBuilder();
    for (String line : text.lines().toList()) {
      String part = line.strip();
      if (part.startsWith("#") || part.isEmpty()) {
        continue;
      }
      if (part.endsWith("\\")) {
        open.append(part, 0, part.length() - 1).append(' ');
        continue;
      }
      String[] words = open.append(part).toString().split("\\s+", 2);
      open.setLength(0);
      all.add(
          new Instruction(
              words[0].toUpperCase(Locale.ROOT), words.length > 1 ? words[1].strip() : ""));
    }
    return all;
  }
}
