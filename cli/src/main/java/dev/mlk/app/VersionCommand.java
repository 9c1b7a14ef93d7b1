package dev.mlk.app;

import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.console.Printer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code mlk version}. */
@Command(
    name = "version",
    description = "Show the versions of mlk and of the cluster",
    footer = {"", "Examples:", "  mlk version", "  mlk version -o json"})
final class VersionCommand implements Callable<Integer> {
  private final Invocation invocation;

  VersionCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Output output = invocation.options().output();
    output.require(Output.Format.JSON, Output.Format.YAML);
    if (output.machine()) {
      new Printer(invocation).document(Printer.start("Version").put("client", Version.TEXT));
    } else {
      invocation.console().print("mlk " + Version.TEXT);
    }
    return 0;
  }
}
