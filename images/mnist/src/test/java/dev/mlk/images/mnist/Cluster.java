package dev.mlk.images.mnist;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Processes that know each other by TF_CONFIG, on ports of this machine. */
final class Cluster implements AutoCloseable {
  private final Path folder;
  private final String[] arguments;
  private final Map<String, String> addresses = new LinkedHashMap<>();
  private final Map<String, Running> tasks = new LinkedHashMap<>();
  private final List<Running> started = new ArrayList<>();

  Cluster(Path folder, List<String> names, String... arguments) {
    this.folder = folder;
    this.arguments = arguments;
    List<Integer> ports = Running.freePorts(names.size());
    for (int i = 0; i < names.size(); i++) {
      addresses.put(names.get(i), "127.0.0.1:" + ports.get(i));
    }
  }

  /** Starts a task such as {@code worker-0}, for the first time or again. */
  Running start(String task) {
    Running running = start(Map.of("TF_CONFIG", config(task)));
    tasks.put(task, running);
    return running;
  }

  /** The latest process of a task. */
  Running get(String task) {
    return tasks.get(task);
  }

  Running start(Map<String, String> environment) {
    Running running = Running.start(folder, environment, arguments);
    started.add(running);
    return running;
  }

  String address(String task) {
    return addresses.get(task);
  }

  /** The dense form, as the operator writes it. */
  private String config(String task) {
    Map<String, List<String>> cluster = new LinkedHashMap<>();
    addresses.forEach(
        (name, address) ->
            cluster.computeIfAbsent(role(name), _ -> new ArrayList<>()).add('"' + address + '"'));
    List<String> roles = new ArrayList<>();
    cluster.forEach((role, list) -> roles.add('"' + role + "\":[" + String.join(",", list) + "]"));
    return "{\"cluster\":{"
        + String.join(",", roles)
        + "},\"task\":{\"type\":\""
        + role(task)
        + "\",\"index\":"
        + task.substring(task.indexOf('-') + 1)
        + "},\"environment\":\"cloud\"}";
  }

  private static String role(String task) {
    return task.substring(0, task.indexOf('-'));
  }

  @Override
  public void close() {
    started.forEach(Running::close);
  }
}
