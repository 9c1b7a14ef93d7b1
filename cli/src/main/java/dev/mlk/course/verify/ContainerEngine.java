package dev.mlk.course.verify;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A program that builds and runs images on this machine. */
final class ContainerEngine {
  private static final List<String> NAMES = List.of("docker", "podman", "nerdctl");

  private ContainerEngine() {}

  static Optional<Path> find(Map<String, String> environment) {
    for (String folder :
        environment.getOrDefault("PATH", "").split(java.io.File.pathSeparator, -1)) {
      for (String name : NAMES) {
        try {
          Path program = Path.of(folder, name);
          if (Files.isExecutable(program) && Files.isRegularFile(program)) {
            return Optional.of(program);
          }
        } catch (InvalidPathException e) {
          // PATH may hold anything: what is no path holds no program.
        }
      }
    }
    return Optional.empty();
  }
}
