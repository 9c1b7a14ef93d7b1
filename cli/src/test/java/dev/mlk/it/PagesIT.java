package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Every command that a page shows runs, one after the other, and prints what stands there: numbers
 * and times may differ, and a line {@code ...} stands for any lines.
 */
final class PagesIT {
  private static final Pattern NUMBER = Pattern.compile("[0-9][0-9.:TZ-]*");

  /** A command and the lines below it. */
  private record Shown(String command, List<String> lines) {}

  @Test
  void everyCommandOfTheReadmePrintsWhatIsShown() throws Exception {
    run("README.md", 8);
  }

  @Test
  void everyCommandOfThePageOnThePracticeClusterPrintsWhatIsShown() throws Exception {
    run("docs/practice-cluster.md", 8);
  }

  @Test
  void everyCommandOfThePageOnGpusPrintsWhatIsShown() throws Exception {
    run("docs/gpu.md", 3);
  }

  /** Runs what a page shows, on a machine of its own. */
  static void run(String page, int commands) throws Exception {
    try (Mlk mlk = new Mlk()) {
      mlk.set("MLK_WORKSHOP", mlk.home().resolve("mlk-workshop").toString());
      run(mlk, Files.readAllLines(mlk.checkout().resolve(page)), commands);
    }
  }

  /** The lines of a page from a heading to the next one of its rank. */
  static List<String> section(String page, String heading) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("..").resolve(page));
    int from = lines.indexOf(heading);
    assertThat(from).as(heading).isNotNegative();
    int to = from + 1;
    while (to < lines.size() && !lines.get(to).startsWith("## ")) {
      to++;
    }
    return lines.subList(from, to);
  }

  /** Runs what lines of a page show, where it is to be run. */
  static void run(Mlk mlk, List<String> lines, int commands) throws Exception {
    Kubectl kubectl = Kubectl.all().findFirst().orElseThrow();
    List<Shown> all = shown(lines);
    assertThat(all).hasSizeGreaterThanOrEqualTo(commands);
    for (Shown one : all) {
      String[] words = one.command.split(" ", 2);
      assertThat(words[0]).isIn("mlk", "kubectl");
      boolean own = words[0].equals("mlk");
      if (!own && kubectl.program().isEmpty()) {
        continue;
      }
      String program = own ? "sh " + mlk.launcher() : kubectl.program();
      try (Mlk.Running running =
          mlk.program(List.of("sh", "-c", "exec " + program + " " + words[1] + " 2>&1"))) {
        String said = running.end().out();
        assertThat(matches(said.lines().toList(), one.lines))
            .as("%s\nprinted:\n%s", one.command, said)
            .isTrue();
      }
    }
    if (all.stream().anyMatch(one -> one.command.startsWith("kubectl "))) {
      kubectl.assumeThere();
    }
  }

  private static List<Shown> shown(List<String> readme) throws IOException {
    List<Shown> all = new ArrayList<>();
    boolean inside = false;
    for (String line : readme) {
      if (line.startsWith("```")) {
        inside = line.equals("```console");
      } else if (inside && line.startsWith("$ ")) {
        all.add(new Shown(line.substring(2), new ArrayList<>()));
      } else if (inside) {
        all.getLast().lines.add(line);
      }
    }
    return all;
  }

  private static boolean matches(List<String> said, List<String> expected) {
    if (expected.isEmpty()) {
      return said.isEmpty();
    }
    if (expected.getFirst().equals("...")) {
      for (int skip = 0; skip <= said.size(); skip++) {
        if (matches(said.subList(skip, said.size()), expected.subList(1, expected.size()))) {
          return true;
        }
      }
      return false;
    }
    return !said.isEmpty()
        && plain(said.getFirst()).equals(plain(expected.getFirst()))
        && matches(said.subList(1, said.size()), expected.subList(1, expected.size()));
  }

  private static String plain(String line) {
    // A curve is a number in another form.
    String curves = line.replaceAll("[▁▂▃▄▅▆▇█]+", "0");
    return NUMBER.matcher(curves).replaceAll("#").replaceAll(" +", " ").strip();
  }
}
