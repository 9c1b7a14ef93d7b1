package dev.mlk.practice.node.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What to start.
 *
 * @param arguments the program's path and its arguments, as the system takes them
 * @param environment all of its environment; nothing is inherited
 * @param folder its working directory
 * @param input whether it can be written to; otherwise it reads from nothing
 * @param terminal whether it runs on a terminal of its own
 * @param prefix what to put before the arguments: the way into another network, or nothing
 * @param mergedErrors whether its errors go where its output goes, in order
 */
public record Program(
    List<String> arguments,
    Map<String, String> environment,
    Path folder,
    List<String> prefix,
    boolean input,
    boolean terminal,
    boolean mergedErrors) {
  public Program {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
    prefix = List.copyOf(prefix);
    Objects.requireNonNull(folder, "folder");
  }

  /** A program in this machine's network. */
  public Program(
      List<String> arguments,
      Map<String, String> environment,
      Path folder,
      boolean input,
      boolean terminal,
      boolean mergedErrors) {
    this(arguments, environment, folder, List.of(), input, terminal, mergedErrors);
  }

  /** All words in order. */
  List<String> command() {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(arguments);
    return command;
  }
}
