package dev.mlk.practice.node;

import dev.mlk.practice.node.image.Image;
import dev.mlk.practice.node.volume.RootFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * From the words of a container to those that this machine starts.
 *
 * @param image what the container's image stands for
 * @param root its file system
 * @param environment its environment
 * @param translate what to do with each word but the first
 * @param ports the local port for a port of the container
 */
record CommandLine(
    Image image,
    RootFolder root,
    Map<String, String> environment,
    UnaryOperator<String> translate,
    IntUnaryOperator ports) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([a-z]+)(?::([0-9]+))?}");

  /** The words of a container before anything is replaced: command and args over the image's. */
  static List<String> words(JsonNode container, Image image) {
    List<String> command = texts(container.path("command"));
    List<String> arguments = texts(container.path("args"));
    List<String> words = new ArrayList<>(command.isEmpty() ? image.entrypoint() : command);
    if (!arguments.isEmpty()) {
      words.addAll(arguments);
    } else if (command.isEmpty()) {
      words.addAll(image.command());
    }
    return words;
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.asString("")));
    return texts;
  }

  /**
   * The words to start.
   *
   * @throws StartException when there is no such program in the image
   */
  List<String> resolve(List<String> words) throws StartException {
    if (words.isEmpty()) {
      throw new StartException("StartError", "no command specified");
    }
    List<String> resolved = new ArrayList<>();
    List<String> program = image.program(words.getFirst()).orElse(List.of());
    if (program.isEmpty()) {
      resolved.add(onMachine(words.getFirst()));
    }
    for (String word : program) {
      resolved.add(filled(word));
    }
    List<String> arguments = words.subList(1, words.size());
    if (program.isEmpty() && TarArguments.isTar(words.getFirst())) {
      resolved.addAll(new TarArguments(root, translate).local(arguments));
    } else {
      arguments.forEach(word -> resolved.add(translate.apply(word)));
    }
    return resolved;
  }

  private String onMachine(String name) throws StartException {
    String local = root.translate(name);
    if (!local.equals(name) || image.host()) {
      if (local.indexOf('/') >= 0) {
        Path file = root.path().resolve(local);
        if (Files.isExecutable(file) && !Files.isDirectory(file)) {
          return file.toString();
        }
        throw Files.exists(file)
            ? failure(name, "permission denied")
            : failure(name, "no such file or directory");
      }
      for (String folder : environment.getOrDefault("PATH", "").split(":", -1)) {
        Path file = Path.of(folder, name);
        if (file.isAbsolute() && Files.isExecutable(file) && !Files.isDirectory(file)) {
          return file.toString();
        }
      }
    }
    throw failure(name, "executable file not found in $PATH");
  }

  /** As containerd says it. */
  private static StartException failure(String name, String why) {
    return new StartException(
        "StartError",
        "failed to create containerd task: failed to create shim task: OCI runtime create failed:"
            + " runc create failed: unable to start container process: error during container"
            + " init: exec: \""
            + name
            + "\": "
            + why);
  }

  private String filled(String word) {
    Matcher placeholder = PLACEHOLDER.matcher(word);
    StringBuilder text = new StringBuilder();
    while (placeholder.find()) {
      String value =
          switch (placeholder.group(1)) {
            case "java" -> Path.of(System.getProperty("java.home"), "bin", "java").toString();
            case "folder" -> image.folder().toString();
            case "root" -> root.path().toString();
            case "port" ->
                Integer.toString(ports.applyAsInt(Integer.parseInt(placeholder.group(2))));
            default -> placeholder.group();
          };
      placeholder.appendReplacement(text, Matcher.quoteReplacement(value));
    }
    return placeholder.appendTail(text).toString();
  }
}
