package dev.mlk.app;

import dev.mlk.console.ClosedOutput;
import dev.mlk.console.Console;
import dev.mlk.console.Direct;
import dev.mlk.console.GlobalOptions;
import dev.mlk.console.Invocation;
import dev.mlk.format.Nearest;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** The command line as a function: arguments in, exit code out. */
public final class App {
  private final Console console;
  private final Map<String, String> environment;
  private final Path directory;
  private final InstantSource clock;

  /**
   * A command line.
   *
   * @param console the streams
   * @param environment the environment variables
   * @param directory where relative paths start
   * @param clock the time
   */
  public App(
      Console console, Map<String, String> environment, Path directory, InstantSource clock) {
    this.console = console;
    this.environment = environment;
    this.directory = directory;
    this.clock = clock;
  }

  /** Runs the command that the arguments name and returns the exit code; nothing escapes. */
  public int run(String... arguments) {
    Invocation invocation =
        new Invocation(console, GlobalOptions.NONE, environment, directory, clock);
    ArgumentReader reader = null;
    try {
      reader = new ArgumentReader(arguments);
      Console wanted = coloured(reader.colour());
      invocation = new Invocation(wanted, invocation.options(), environment, directory, clock);
      invocation = new Invocation(wanted, reader.options(), environment, directory, clock);
      int code = run(reader, invocation);
      wanted.flush();
      return code;
    } catch (ClosedOutput e) {
      return 0;
    } catch (Throwable e) {
      return report(e, reader, invocation);
    }
  }

  private static int report(Throwable thrown, ArgumentReader reader, Invocation invocation) {
    try {
      String path = reader == null ? "" : commandPath(reader.rest()).orElse("");
      return new ProblemReport(invocation, path).print(thrown).number();
    } catch (ClosedOutput e) {
      return 0;
    }
  }

  private Console coloured(String wanted) {
    return switch (wanted) {
      case "always" -> console.withColour(true);
      case "never" -> console.withColour(false);
      default -> console;
    };
  }

  private static int run(ArgumentReader reader, Invocation invocation) throws Exception {
    List<String> rest = reader.rest();
    Optional<String> path = commandPath(rest);
    if (path.isEmpty()) {
      return new HelpPages(invocation.console()).show(rest, reader.help());
    }
    Callable<Integer> command = CommandFactory.create(path.get(), invocation);
    List<String> words = rest.subList(path.get().indexOf(' ') < 0 ? 1 : 2, rest.size());
    if (!reader.help() && direct(command, words)) {
      return command.call();
    }
    CommandLine line = new CommandLine(command);
    line.getCommandSpec().name("mlk " + path.get());
    if (reader.help()) {
      HelpPages.command(invocation.console(), line);
      return 0;
    }
    try {
      line.parseArgs(words.toArray(String[]::new));
    } catch (CommandLine.ParameterException e) {
      throw usage(e, path.get());
    }
    return command.call();
  }

  /** Whether the command has taken the words by itself: no option, and no file of arguments. */
  static boolean direct(Callable<Integer> command, List<String> words) {
    if (!(command instanceof Direct direct)) {
      return false;
    }
    for (String word : words) {
      if (word.startsWith("-") || word.startsWith("@")) {
        return false;
      }
    }
    return direct.takes(words);
  }

  /** The longest command name that the first words make. */
  static Optional<String> commandPath(List<String> rest) {
    if (rest.size() > 1) {
      String two = rest.get(0) + " " + rest.get(1);
      if (CommandTable.find(two).isPresent()) {
        return Optional.of(two);
      }
    }
    return rest.isEmpty()
        ? Optional.empty()
        : CommandTable.find(rest.getFirst()).map(CommandTable.Entry::path);
  }

  private static Problem usage(CommandLine.ParameterException e, String path) {
    String message = e.getMessage().lines().findFirst().orElse("the arguments make no sense");
    Explanation explanation =
        Explanation.of(Character.toLowerCase(message.charAt(0)) + message.substring(1));
    if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
      String typed = unmatched.getUnmatched().getFirst();
      explanation =
          Explanation.of(
              typed.startsWith("-")
                  ? "mlk " + path + " has no option " + typed
                  : "mlk " + path + " takes no further argument: \"" + typed + "\"");
      List<String> options =
          e.getCommandLine().getCommandSpec().optionsMap().keySet().stream().sorted().toList();
      Optional<String> near = typed.startsWith("-") ? Nearest.to(typed, options) : Optional.empty();
      if (near.isPresent()) {
        explanation = explanation.because("did you mean " + near.get() + "?");
      }
    }
    return new Problem.Usage(explanation.next("mlk " + path + " --help"));
  }
}
