package dev.mlk.check;

import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.console.Printer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mlk doctor}. */
@Command(
    name = "doctor",
    description = "Say whether this machine is fit for the practice cluster and the course",
    footer = {
      "",
      "Changes nothing and asks no cluster. Exits with 1 when something fails; with",
      "--strict also for a warning.",
      "",
      "Examples:",
      "  mlk doctor",
      "  mlk doctor --strict -o json"
    })
public final class DoctorCommand implements Callable<Integer> {
  @Option(
      names = "--only",
      paramLabel = "GROUP",
      split = ",",
      description = "Only these groups or checks, such as machine or tools.kubectl")
  private List<String> only = List.of();

  @Option(names = "--strict", description = "Exit with 1 for a warning too")
  private boolean strict;

  private final Invocation invocation;

  /** The command. */
  public DoctorCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws InterruptedException {
    Output output = invocation.options().output();
    output.require(Output.Format.JSON, Output.Format.YAML);
    List<Check<Machine>> checks = new ArrayList<>(MachineChecks.all());
    checks.addAll(ToolChecks.all());
    Machine machine = new Machine(invocation, System.getProperties());
    Report report = new Report(Checks.run(Checks.only(checks, only), machine), strict);
    if (output.machine()) {
      new Printer(invocation).document(report.document("Doctor"));
    } else {
      report.print(invocation.console());
    }
    return report.code().number();
  }
}
