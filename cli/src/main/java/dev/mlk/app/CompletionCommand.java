package dev.mlk.app;

import dev.mlk.console.Invocation;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mlk completion}: the shells' scripts, which ask mlk itself for what can come next. */
@Command(
    name = "completion",
    description = "Print a completion script for bash, zsh or fish",
    footer = {
      "",
      "Examples:",
      "  source <(mlk completion bash)",
      "  mlk completion zsh > ~/.zfunc/_mlk",
      "  mlk completion fish > ~/.config/fish/completions/mlk.fish"
    })
final class CompletionCommand implements Callable<Integer> {
  private static final List<String> SHELLS = List.of("bash", "zsh", "fish");

  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish")
  private String shell = "";

  private final Invocation invocation;

  CompletionCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    if (!SHELLS.contains(shell)) {
      throw new Problem.Usage(
          Explanation.of("no completion for \"" + shell + "\"")
              .because("there is one for: " + String.join(", ", SHELLS)));
    }
    try (InputStream script = CompletionCommand.class.getResourceAsStream("completion." + shell)) {
      invocation.console().out().print(new String(script.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return 0;
  }
}
