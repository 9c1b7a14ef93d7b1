package dev.mlk.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of shell commands, each with the output that is expected of it, in the form of Mercurial's
 * cram: what is indented by two spaces is run and compared, everything else is explanation.
 *
 * <pre>
 *   $ kubectl get nodes -o name       a command; lines that begin with "&gt; " belong to it
 *   node/node-1                       a line of its output, letter by letter
 *   * Ready * (glob)                  a line with gaps; blanks in a row count as one
 *   node-[0-9] (re)                   a line as a regular expression
 *   ...                               any lines, also none
 *   [1]                               the exit code, 0 when it is not there
 *   (old:)                            from here on what that client writes instead
 *   ~ kubectl get pods                a command that is repeated until the answer is as expected
 *   (not old: no such command)        clients that do not run the next command, with the reason
 * </pre>
 *
 * @param name the file's name without its ending
 * @param steps its commands in order
 */
record Script(String name, List<Step> steps) {
  private static final Pattern CODE = Pattern.compile("\\[([0-9]+)]");
  private static final Pattern CLIENT = Pattern.compile("\\(([a-z0-9]+):\\)");
  private static final Pattern NOT_FOR = Pattern.compile("\\(not ([a-z0-9, ]+): .+\\)");

  /**
   * A command.
   *
   * @param line where it is in the file, from 1
   * @param command what the shell runs
   * @param repeated whether it is repeated until it is as expected
   * @param expected what is expected of it
   * @param others what is expected of it with clients that have an output of their own
   * @param notFor the clients that do not run it
   */
  record Step(
      int line,
      String command,
      boolean repeated,
      ExpectedOutput expected,
      Map<String, ExpectedOutput> others,
      List<String> notFor) {
    ExpectedOutput expected(String client) {
      return others.getOrDefault(client, expected);
    }
  }

  static Script read(Path file) throws IOException {
    String name = file.getFileName().toString().replaceFirst("[.]t$", "");
    return new Script(name, parse(Files.readAllLines(file)));
  }

  static List<Step> parse(List<String> lines) {
    List<Step> steps = new ArrayList<>();
    List<String> notFor = List.of();
    int at = 0;
    while (at < lines.size()) {
      String line = lines.get(at);
      Matcher excluded = NOT_FOR.matcher(indented(line));
      if (excluded.matches()) {
        notFor = List.of(excluded.group(1).split(", *"));
        at++;
      } else if (line.startsWith("  $ ") || line.startsWith("  ~ ")) {
        int end = at + 1;
        while (end < lines.size() && belongsToStep(lines.get(end))) {
          end++;
        }
        steps.add(step(at + 1, lines.subList(at, end), notFor));
        notFor = List.of();
        at = end;
      } else if (line.startsWith("  ")) {
        throw new IllegalArgumentException("line " + (at + 1) + ": output without a command");
      } else {
        at++;
      }
    }
    return List.copyOf(steps);
  }

  private static boolean belongsToStep(String line) {
    return line.startsWith("  ")
        && !line.startsWith("  $ ")
        && !line.startsWith("  ~ ")
        && !NOT_FOR.matcher(indented(line)).matches();
  }

  private static String indented(String line) {
    return line.startsWith("  ") ? line.substring(2) : "";
  }

  private static Step step(int number, List<String> lines, List<String> notFor) {
    StringBuilder command = new StringBuilder(lines.getFirst().substring(4));
    int at = 1;
    while (at < lines.size() && indented(lines.get(at)).startsWith(">")) {
      String text = indented(lines.get(at));
      command.append('\n').append(text.length() > 2 ? text.substring(2) : "");
      at++;
    }
    Map<String, List<String>> outputs = new LinkedHashMap<>();
    String client = "";
    for (String line : lines.subList(at, lines.size())) {
      Matcher own = CLIENT.matcher(indented(line));
      client = own.matches() ? own.group(1) : client;
      List<String> output = outputs.computeIfAbsent(client, _ -> new ArrayList<>());
      if (!own.matches()) {
        output.add(indented(line));
      }
    }
    Map<String, ExpectedOutput> others = new LinkedHashMap<>();
    outputs.forEach((name, output) -> others.put(name, expected(output)));
    ExpectedOutput expected = others.remove("");
    return new Step(
        number,
        command.toString(),
        lines.getFirst().startsWith("  ~ "),
        expected == null ? expected(List.of()) : expected,
        others,
        notFor);
  }

  private static ExpectedOutput expected(List<String> lines) {
    Matcher code = CODE.matcher(lines.isEmpty() ? "" : lines.getLast());
    return code.matches()
        ? new ExpectedOutput(lines.subList(0, lines.size() - 1), Integer.parseInt(code.group(1)))
        : new ExpectedOutput(lines, 0);
  }
}
