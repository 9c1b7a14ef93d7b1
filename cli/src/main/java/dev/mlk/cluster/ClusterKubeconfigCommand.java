package dev.mlk.cluster;

import dev.mlk.connect.Connections;
import dev.mlk.console.Console;
import dev.mlk.console.Invocation;
import dev.mlk.practice.UserKubeconfig;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
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
      "With --user it prints a kubeconfig for somebody else, with a certificate of their own.",
      "They have no rights until you give some:",
      "  kubectl create rolebinding alice --clusterrole=edit --user=alice -n team-a",
      "",
      "Examples:",
      "  mlk cluster kubeconfig > practice.kubeconfig",
      "  mlk cluster kubeconfig --merge",
      "  mlk cluster kubeconfig --unmerge",
      "  mlk cluster kubeconfig --user alice --group team-a -n team-a > alice.kubeconfig"
    })
final class ClusterKubeconfigCommand implements Callable<Integer> {
  @Option(names = "--name", paramLabel = "NAME", description = "The cluster's name.")
  private String name = ClusterFolder.DEFAULT;

  @Option(names = "--merge", description = "Add its context to your kubeconfig.")
  private boolean merge;

  @Option(names = "--unmerge", description = "Take its context out of your kubeconfig again.")
  private boolean unmerge;

  @Option(names = "--user", paramLabel = "USER", description = "For this user, not the owner.")
  private String user = "";

  @Option(names = "--group", paramLabel = "GROUP", description = "With --user: a group of theirs.")
  private List<String> groups = new ArrayList<>();

  private final Invocation invocation;

  ClusterKubeconfigCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    if (merge && unmerge) {
      throw new Problem.Usage(Explanation.of("--merge and --unmerge exclude each other"));
    }
    if (user.isEmpty() && !groups.isEmpty()) {
      throw new Problem.Usage(Explanation.of("--group needs --user"));
    }
    if (!user.isEmpty() && (merge || unmerge)) {
      throw new Problem.Usage(Explanation.of("--user prints, and cannot be merged"));
    }
    ClusterFolder folder = ClusterFolder.of(invocation, name);
    try {
      if (!user.isEmpty()) {
        text(folder);
        invocation.console().out().print(issued(folder));
      } else if (unmerge) {
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

  private String issued(ClusterFolder folder) throws IOException {
    String given = invocation.options().namespace();
    String namespace = given.isEmpty() ? "default" : given;
    return UserKubeconfig.issue(folder.path(), name, user, groups, namespace, invocation.clock());
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
