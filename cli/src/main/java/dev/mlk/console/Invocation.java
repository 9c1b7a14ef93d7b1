package dev.mlk.console;

import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * All that a command gets from outside.
 *
 * @param console the streams
 * @param options the options that every command takes
 * @param environment the environment variables
 * @param directory the folder that relative paths start from
 * @param clock the time
 */
public record Invocation(
    Console console,
    GlobalOptions options,
    Map<String, String> environment,
    Path directory,
    InstantSource clock) {
  public Invocation {
    environment = Map.copyOf(environment);
  }

  /** The same with another console. */
  public Invocation with(Console other) {
    return new Invocation(other, options, environment, directory, clock);
  }

  /** The user's home folder. */
  public Path home() {
    String home = environment.getOrDefault("HOME", environment.getOrDefault("USERPROFILE", ""));
    return home.isEmpty() ? directory : Path.of(home);
  }

  /** The folder of mlk's own state: {@code MLK_HOME}, else {@code ~/.mlk}. */
  public Path state() {
    String own = environment.getOrDefault("MLK_HOME", "");
    return own.isEmpty() ? home().resolve(".mlk") : directory.resolve(own);
  }

  /** One line of progress or advice to the person, unless quiet is wanted. */
  public void note(String line) {
    if (!options.switches().quiet()) {
      console.tell(line);
    }
  }

  /** One line about what is asked of the cluster, if that is wanted. */
  public void detail(String line) {
    if (options.switches().verbose()) {
      console.tell(console.paint(Style.DIM, line));
    }
  }

  /**
   * Asks before something is lost. {@code --yes} answers; without a terminal, nobody can.
   *
   * @param question such as {@code Delete 3 jobs?}
   */
  public void confirm(String question) {
    if (options.switches().yes()) {
      return;
    }
    if (!console.interactive()) {
      throw new Problem.Usage(
          Explanation.of("this needs a yes, and nobody is here to say it")
              .because(question)
              .next("the same command with --yes"));
    }
    console.out().flush();
    console.err().print(question + " [y/N] ");
    console.err().flush();
    String answer = line().strip();
    if (!answer.equalsIgnoreCase("y") && !answer.equalsIgnoreCase("yes")) {
      throw new Problem.Interrupted(Explanation.of("nothing was done"));
    }
  }

  private String line() {
    var text = new StringBuilder();
    try {
      for (int c = console.in().read(); c >= 0 && c != '\n'; c = console.in().read()) {
        text.append((char) c);
      }
    } catch (IOException e) {
      return "";
    }
    return text.toString();
  }
}
