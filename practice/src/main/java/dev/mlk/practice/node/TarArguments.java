package dev.mlk.practice.node;

import dev.mlk.practice.node.volume.RootFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Arguments of {@code tar}, by which clients copy files out of containers and into them. An archive
 * holds the names of what is packed, and those must be the container's: so tar goes to the
 * container's folder and packs from there instead of being given a translated path.
 *
 * @param root the container's file system
 * @param translate what to do with all other arguments
 */
record TarArguments(RootFolder root, UnaryOperator<String> translate) {
  static boolean isTar(String program) {
    return program.equals("tar") || program.endsWith("/tar");
  }

  /** The arguments as tar of this machine takes them. */
  List<String> local(List<String> arguments) {
    boolean packs = !arguments.isEmpty() && packs(arguments.getFirst());
    List<String> local = new ArrayList<>();
    String before = "";
    for (String argument : arguments) {
      boolean folder = before.equals("-C") || before.equals("--directory");
      if (folder && argument.equals("/")) {
        local.add(root.path().toString());
      } else if (packs && !folder && argument.startsWith("/") && inside(argument)) {
        local.addAll(List.of("-C", root.path().toString(), member(argument)));
      } else {
        local.add(translate.apply(argument));
      }
      before = argument;
    }
    return local;
  }

  /** As in {@code cf -}, {@code -czf -} and {@code --create}. */
  private static boolean packs(String first) {
    return first.startsWith("--")
        ? first.equals("--create")
        : first.indexOf('c') >= 0 && first.indexOf('/') < 0;
  }

  private boolean inside(String path) {
    return !root.translate(path).equals(path);
  }

  private String member(String path) {
    String name = path.replaceAll("^/+", "").replaceAll("/+$", "");
    Path file = root.path().resolve(name);
    // A mount is a link, and what it leads to is wanted.
    return Files.isSymbolicLink(file) && Files.isDirectory(file) ? name + "/." : name;
  }
}
