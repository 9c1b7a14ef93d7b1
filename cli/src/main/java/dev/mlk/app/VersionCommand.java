package dev.mlk.app;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.console.Printer;
import dev.mlk.kube.Request;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** {@code mlk version}. */
@Command(
    name = "version",
    description = "Show the versions of mlk and of the cluster",
    footer = {"", "Examples:", "  mlk version", "  mlk version --client", "  mlk version -o json"})
final class VersionCommand implements Callable<Integer> {
  @Option(names = "--client", description = "Only mlk's own version; asks no cluster.")
  private boolean client;

  private final Invocation invocation;
  private final Connections connections;

  VersionCommand(Invocation invocation, Connections connections) {
    this.invocation = invocation;
    this.connections = connections;
  }

  @Override
  public Integer call() {
    Output output = invocation.options().output();
    output.require(Output.Format.JSON, Output.Format.YAML);
    ObjectNode document = Printer.start("Version").put("client", Version.TEXT);
    if (!output.machine()) {
      invocation.console().print("mlk " + Version.TEXT);
    }
    if (!client) {
      try (Connection connection = connections.open()) {
        ObjectNode answer = connection.client().call(Request.of("GET", "/version"));
        String server = answer.path("gitVersion").asString("");
        document.put("server", server).put("address", connection.server());
        if (!output.machine()) {
          invocation.console().print("Kubernetes " + server + " at " + connection.server());
        }
      }
    }
    if (output.machine()) {
      new Printer(invocation).document(document);
    }
    return 0;
  }
}
