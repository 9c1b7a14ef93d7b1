package dev.mlk.app;

import dev.mlk.console.Console;
import dev.mlk.console.GlobalOptions;
import dev.mlk.console.Invocation;
import dev.mlk.console.Style;
import dev.mlk.problem.ExitCode;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/**
 * What {@code mlk help} shows; the names come from the table, a command's options from its class.
 */
final class HelpPages {
  static final Map<String, String> TOPICS = topics();
  static final List<String> GLOBAL_NAMES =
      List.of(
          "--as",
          "--color",
          "--context",
          "--help",
          "--kubeconfig",
          "--namespace",
          "--output",
          "--quiet",
          "--timeout",
          "--verbose",
          "--yes");
  private static final String GLOBAL_OPTIONS =
      """
      Options of every command, before or after its name:
            --kubeconfig FILE   the kubeconfig, instead of $KUBECONFIG and ~/.kube/config
            --context NAME      the context in it
        -n, --namespace NAME    the namespace, instead of the context's
            --as USER           act as this user (impersonation)
        -o, --output FORMAT     text, wide, json, yaml, jsonl, name ...; a command says which it has
            --timeout TIME      how long to wait: 90, 90s, 10m, 1h30m
        -y, --yes               do not ask
        -q, --quiet             only data and errors
        -v, --verbose           say what is asked of the cluster
            --color WHEN        auto, always or never; NO_COLOR is honoured
        -h, --help              help for a command
            --version           the version of mlk
      """;

  private final Console console;

  HelpPages(Console console) {
    this.console = console;
  }

  /** A command's own page. */
  static void command(Console console, CommandLine line) {
    line.setUsageHelpAutoWidth(false);
    line.setUsageHelpWidth(100);
    CommandLine.Help.Ansi ansi =
        console.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF;
    console.out().print(line.getUsageMessage(ansi));
    console.print("");
    console.print("Options of every command: mlk help options");
  }

  /**
   * Whatever words that are no command ask for: the overview, a group, a topic, or nothing known.
   */
  int show(List<String> words, boolean help) {
    if (words.isEmpty()) {
      overview();
      return 0;
    }
    String first = words.getFirst();
    if (first.equals("help")) {
      return help(words.subList(1, words.size()));
    }
    if (words.size() == 1 && first.equals("--version")) {
      console.print("mlk " + Version.TEXT);
      return 0;
    }
    Optional<CommandTable.Group> group = CommandTable.group(first);
    if (group.isPresent() && (words.size() == 1 || help)) {
      group(group.get());
      return 0;
    }
    throw unknown(words);
  }

  private int help(List<String> words) {
    if (words.isEmpty()) {
      overview();
      return 0;
    }
    String topic = TOPICS.get(words.getFirst());
    if (topic != null) {
      console.out().print(topic);
      return 0;
    }
    String path = String.join(" ", words);
    if (CommandTable.find(path).isPresent()) {
      Callable<Integer> command = CommandFactory.create(path, nothing());
      CommandLine line = new CommandLine(command);
      line.getCommandSpec().name("mlk " + path);
      command(console, line);
      verbs(path);
      return 0;
    }
    Optional<CommandTable.Group> group =
        words.size() == 1 ? CommandTable.group(path) : Optional.empty();
    group(group.orElseThrow(() -> unknown(words)));
    return 0;
  }

  private Invocation nothing() {
    return new Invocation(
        console, GlobalOptions.NONE, Map.of(), Path.of(""), InstantSource.system());
  }

  private void overview() {
    console.print("Machine learning on Kubernetes: learn, teach and do it from one command line.");
    console.print("");
    console.print("Usage: mlk COMMAND [VERB] [NAME] [OPTIONS]");
    heading("Commands");
    names(CommandTable.nouns());
    heading("Help topics");
    Map<String, String> topics = new LinkedHashMap<>();
    topics.put("exit-codes", "What the exit codes mean");
    topics.put("options", "The options of every command");
    names(topics);
    heading("Examples");
    console.print("  mlk cluster start");
    console.print("  mlk help cluster");
    console.print("  mlk help exit-codes");
  }

  private void group(CommandTable.Group group) {
    console.print(group.summary() + ".");
    console.print("");
    console.print("Usage: mlk " + group.noun() + " VERB [OPTIONS]");
    verbs(group.noun());
  }

  /** The verbs of a noun, if it has any; it may be a command by itself as well. */
  private void verbs(String noun) {
    Map<String, String> verbs = new LinkedHashMap<>();
    for (CommandTable.Entry entry : CommandTable.verbs(noun)) {
      verbs.put(entry.path().substring(noun.length() + 1), entry.summary());
    }
    if (!verbs.isEmpty()) {
      heading("Verbs");
      names(verbs);
      console.print("");
      console.print("Help for one of them: mlk " + noun + " VERB --help");
    }
  }

  private void heading(String text) {
    console.print("");
    console.print(console.paint(Style.BOLD, text + ":"));
  }

  private void names(Map<String, String> names) {
    int width = 0;
    for (String name : names.keySet()) {
      width = Math.max(width, name.length());
    }
    for (Map.Entry<String, String> name : names.entrySet()) {
      String gap = " ".repeat(width - name.getKey().length() + 3);
      console.print("  " + name.getKey() + gap + name.getValue());
    }
  }

  private static Problem unknown(List<String> words) {
    String first = words.getFirst();
    boolean verb = CommandTable.group(first).isPresent() && words.size() > 1;
    String typed = verb ? first + " " + words.get(1) : first;
    Explanation explanation =
        Explanation.of(
            first.startsWith("-")
                ? "no option " + first + " of mlk itself"
                : "no command \"mlk " + typed + "\"");
    Optional<String> near =
        CommandTable.nearest(typed)
            .or(
                () ->
                    words.size() > 1
                        ? CommandTable.nearest(first + " " + words.get(1))
                        : Optional.empty());
    if (near.isPresent()) {
      explanation = explanation.because("did you mean \"mlk " + near.get() + "\"?");
    }
    return new Problem.Usage(explanation.next(verb ? "mlk help " + first : "mlk help"));
  }

  private static Map<String, String> topics() {
    var codes = new StringBuilder("Exit codes:\n");
    for (ExitCode code : ExitCode.values()) {
      String number = Integer.toString(code.number());
      codes.append(" ".repeat(5 - number.length())).append(number).append("   ");
      codes.append(code.reason()).append(" ".repeat(15 - code.reason().length()));
      codes.append(code.meaning()).append('\n');
    }
    codes.append("A broken pipe is success. JSON output repeats number and name.\n");
    return Map.of("exit-codes", codes.toString(), "options", GLOBAL_OPTIONS);
  }
}
