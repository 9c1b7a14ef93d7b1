package dev.mlk.app;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Invocation;
import dev.mlk.course.read.Packs;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.problem.Problem;
import dev.mlk.sweep.SweepCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/**
 * {@code mlk __complete -- WORD...}: what the last word can become, one answer a line, for the
 * scripts of {@code mlk completion}. No answer lets the shell offer files. It starts no cluster.
 */
@Command(
    name = "__complete",
    hidden = true,
    description = "Say what can come next on a command line",
    footer = {"", "Examples:", "  mlk __complete -- cluster st"})
final class CompleteCommand implements Callable<Integer> {
  private static final Resource TF_JOBS =
      Resource.namespaced("kubeflow.org", "v1", "tfjobs", "TFJob");
  private static final Set<String> OF_JOBS =
      Set.of("get", "logs", "wait", "why", "delete", "suspend", "resume");

  @Parameters(arity = "0..*", paramLabel = "WORD", description = "The words so far.")
  private List<String> words = List.of();

  private final Invocation invocation;
  private final Connections connections;
  private final Callable<List<String>> clusterNames;

  CompleteCommand(
      Invocation invocation, Connections connections, Callable<List<String>> clusterNames) {
    this.invocation = invocation;
    this.connections = connections;
    this.clusterNames = clusterNames;
  }

  @Override
  public Integer call() throws Exception {
    String typed = words.isEmpty() ? "" : words.getLast();
    for (String answer : answers(typed)) {
      if (answer.startsWith(typed)) {
        invocation.console().print(answer);
      }
    }
    return 0;
  }

  private Iterable<String> answers(String typed) throws Exception {
    List<String> before = words.isEmpty() ? List.of() : words.subList(0, words.size() - 1);
    String previous = before.isEmpty() ? "" : before.getLast();
    return switch (previous) {
      case "--context" -> Connections.contextNames(invocation);
      case "-n", "--namespace" -> live(Resources.NAMESPACES);
      case "-o", "--output" -> List.of("text", "wide", "name", "json", "yaml", "jsonl", "csv");
      case "--color" -> List.of("auto", "always", "never");
      case "--kubeconfig", "--timeout", "--as" -> List.of();
      default -> ofCommand(before, previous, typed);
    };
  }

  private Iterable<String> ofCommand(List<String> before, String previous, String typed)
      throws Exception {
    List<String> rest = new ArgumentReader(before.toArray(String[]::new)).rest();
    String path = App.commandPath(rest).orElse("");
    if (path.isEmpty()) {
      return typed.startsWith("-") ? HelpPages.GLOBAL_NAMES : names(rest);
    }
    CommandLine line = new CommandLine(CommandFactory.create(path, invocation));
    OptionSpec option = line.getCommandSpec().optionsMap().get(previous);
    if (option != null && option.arity().max() > 0) {
      return values(path, previous, option);
    }
    if (typed.startsWith("-")) {
      Set<String> options = new TreeSet<>(line.getCommandSpec().optionsMap().keySet());
      options.addAll(HelpPages.GLOBAL_NAMES);
      return options;
    }
    List<String> verbs = path.indexOf(' ') < 0 && rest.size() == 1 ? names(rest) : List.of();
    return verbs.isEmpty() ? arguments(path) : verbs;
  }

  private Iterable<String> values(String path, String name, OptionSpec option) throws Exception {
    if (path.startsWith("cluster ") && name.equals("--name")) {
      return clusterNames.call();
    }
    if (name.equals("--node")) {
      return live(Resources.NODES);
    }
    if (path.equals("gpu topology") && name.equals("--for")) {
      return live(TF_JOBS);
    }
    return option.completionCandidates() == null ? List.of() : option.completionCandidates();
  }

  private Iterable<String> arguments(String path) {
    if (path.startsWith("tfjob ") && OF_JOBS.contains(path.substring("tfjob ".length()))) {
      return live(TF_JOBS);
    }
    if (path.equals("metrics")) {
      return live(TF_JOBS);
    }
    if (path.equals("tensorboard")) {
      List<String> names = new ArrayList<>(live(TF_JOBS));
      names.addAll(sweeps());
      return names;
    }
    if (path.startsWith("sweep ") && !path.equals("sweep list")) {
      return sweeps();
    }
    if (path.equals("gpu topology")) {
      return live(Resources.NODES);
    }
    if (path.equals("verify") || (path.startsWith("module ") && !path.equals("module list"))) {
      return Packs.shipped().names();
    }
    return path.equals("completion") ? List.of("bash", "zsh", "fish") : List.of();
  }

  private static List<String> names(List<String> rest) {
    if (rest.isEmpty()) {
      Set<String> nouns = new TreeSet<>(CommandTable.nouns().keySet());
      nouns.add("help");
      return List.copyOf(nouns);
    }
    if (rest.getFirst().equals("help")) {
      Set<String> topics = new TreeSet<>(CommandTable.nouns().keySet());
      topics.addAll(HelpPages.TOPICS.keySet());
      return rest.size() == 1 ? List.copyOf(topics) : List.of();
    }
    List<String> verbs = new ArrayList<>();
    if (rest.size() == 1) {
      for (CommandTable.Entry entry : CommandTable.verbs(rest.getFirst())) {
        verbs.add(entry.path().substring(rest.getFirst().length() + 1));
      }
    }
    return verbs;
  }

  private List<String> sweeps() {
    String prefix = "sweep-";
    return live(Resources.CONFIG_MAPS, Map.of("labelSelector", SweepCommands.LABEL)).stream()
        .map(name -> name.substring(prefix.length()))
        .toList();
  }

  private List<String> live(Resource resource) {
    return live(resource, Map.of("limit", "500"));
  }

  /** Names of what is in the cluster now; none when it cannot be asked. */
  private List<String> live(Resource resource, Map<String, String> query) {
    List<String> names = new ArrayList<>();
    try (Connection connection = connections.open()) {
      String namespace = resource.namespaced() ? connection.namespace() : "";
      JsonNode list = connection.client().list(resource, namespace, query);
      for (JsonNode item : list.path("items")) {
        names.add(item.path("metadata").path("name").asString(""));
      }
    } catch (Problem | ApiException e) {
      invocation.detail("no names: " + e.getMessage());
    }
    return names;
  }
}
