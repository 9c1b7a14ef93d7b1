package dev.mlk.cluster;

import dev.mlk.connect.Connections;
import dev.mlk.console.Console;
import dev.mlk.console.Invocation;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mlk cluster kubeconfig}. */
@Command(
    name = "kubeconfig",
    description = "Print the practice cluster's kubeconfig, or merge it into yours",
    footer = {
      "",
      "Merging changes only the entries of the cluster; the text before is kept beside the",
      "file, as NAME.mlk-backup.",
      "",
      "Examples:",
      "  mlk cluster kubeconfig > practice.kubeconfig",
      "  mlk cluster kubeconfig --merge",
      "  mlk cluster kubeconfig --unmerge"
    })
final class ClusterKubeconfigCommand implements Callable<Integer> {
  @Option(names = "--name", paramLabel = "NAME", description = "The cluster's name.")
  private String name = ClusterFolder.DEFAULT;

  @Option(names = "--merge", description = "Add its context to your kubeconfig.")
  private boolean merge;

  @Option(names = "--unmerge", description = "Take its context out of your kubeconfig again.")
  private boolean unmerge;

  private final Invocation invocation;

  ClusterKubeconfigCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    if (merge && unmerge) {
      throw new Problem.Usage(Explanation.of("--merge and --unmerge exclude each other"));
    }
    ClusterFolder folder = ClusterFolder.of(invocation, name);
    try {
      if (unmerge) {
        unmerge("mlk-" + name);
      } else if (merge) {
        merge("mlk-" + name, text(folder));
      } else {
        invocation.console().out().print(text(folder));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return 0;
  }

  private String text(ClusterFolder folder) throws IOException {
    if (!Files.exists(folder.kubeconfig())) {
      throw new Problem.NotFound(
          Explanation.of("the practice cluster \"" + name + "\" was never started")
              .next(
                  "mlk cluster start"
                      + (name.equals(ClusterFolder.DEFAULT) ? "" : " --name " + name)));
    }
    return Files.readString(folder.kubeconfig());
  }

  private void merge(String context, String text) throws IOException {
    KubeconfigMerge file = new KubeconfigMerge(Connections.fileToWrite(invocation));
    KubeconfigText after = file.change(before -> before.with(text, context));
    Console console = invocation.console();
    console.print("Context \"" + context + "\" is in " + file.file() + ".");
    if (!after.current().equals(context)) {
      console.print("The current context is still \"" + after.current() + "\".");
      console.print("Next: kubectl config use-context " + context);
    }
  }

  private void unmerge(String context) throws IOException {
    KubeconfigMerge file = new KubeconfigMerge(Connections.fileToWrite(invocation));
    boolean[] there = new boolean[1];
    if (Files.exists(file.file())) {
      file.change(
          before -> {
            there[0] = before.hasContext(context);
            return before.without(context);
          });
    }
    invocation
        .console()
        .print(
            "Context \""
                + context
                + (there[0] ? "\" is no longer in " : "\" was not in ")
                + file.file()
                + ".");
  }
}
