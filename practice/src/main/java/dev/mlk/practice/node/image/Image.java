package dev.mlk.practice.node.image;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an image stands for here.
 *
 * @param names the repositories under which it is found
 * @param tags its tags; none means any
 * @param folder where its files are
 * @param entrypoint the image's ENTRYPOINT
 * @param command the image's CMD
 * @param environment the image's ENV
 * @param programs what the first word of a command may name inside the image
 * @param files the text of small files that the image brings along, by path without leading slash
 * @param host whether it may also name a program of this machine
 * @param simulated whether there is no process at all
 * @param isolated whether its programs listen on every address and so need a network of their own
 * @param pull how pulling it goes
 */
public record Image(
    List<String> names,
    List<String> tags,
    Path folder,
    List<String> entrypoint,
    List<String> command,
    Map<String, String> environment,
    Map<String, List<String>> programs,
    Map<String, String> files,
    boolean host,
    boolean simulated,
    boolean isolated,
    PullRule pull) {
  public Image {
    names = List.copyOf(names);
    tags = List.copyOf(tags);
    entrypoint = List.copyOf(entrypoint);
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    programs = Map.copyOf(programs);
    files = Map.copyOf(files);
  }

  /** The words that stand for a program of the image, placeholders still in them. */
  public Optional<List<String>> program(String name) {
    List<String> words = programs.get(name);
    // A path inside the image, such as /usr/local/bin/mnist, means the program of that name.
    int slash = name.lastIndexOf('/');
    return Optional.ofNullable(
        words != null || slash < 0 ? words : programs.get(name.substring(slash + 1)));
  }

  /** What a container status shows as the image's id. */
  public String id() {
    return "mlk://" + names.getFirst() + (tags.isEmpty() ? "" : ":" + tags.getFirst());
  }
}
