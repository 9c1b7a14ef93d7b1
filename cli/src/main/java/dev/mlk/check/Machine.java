package dev.mlk.check;

import dev.mlk.console.Invocation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The machine that mlk runs on, as far as programs, files and numbers tell.
 *
 * @param invocation environment, folders and clock
 * @param properties the JVM's own properties: version, vendor, name of the system
 */
record Machine(Invocation invocation, java.util.Properties properties) {
  private static final long PATIENCE_SECONDS = 5;
  private static final int MOST_BYTES = 64 * 1024;

  String property(String name) {
    return properties.getProperty(name, "");
  }

  String variable(String name) {
    return invocation.environment().getOrDefault(name, "");
  }

  boolean linux() {
    return property("os.name").equals("Linux");
  }

  /** The first line of a file, or empty. */
  Optional<String> firstLine(Path file, String start) {
    try (var lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      return lines.filter(line -> line.startsWith(start)).findFirst();
    } catch (IOException | java.io.UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /** Where a program of that name lies on the PATH. */
  Optional<Path> program(String name) {
    for (String folder : variable("PATH").split(java.io.File.pathSeparator, -1)) {
      if (!folder.isEmpty()) {
        Path file = Path.of(folder).resolve(name);
        if (Files.isExecutable(file) && !Files.isDirectory(file)) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * What a program says, both streams as one; empty when it cannot be run, fails, or takes more
   * than five seconds.
   */
  Optional<String> says(Path program, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(invocation.environment());
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      CompletableFuture<String> said = CompletableFuture.supplyAsync(() -> read(process));
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      return process.exitValue() == 0 ? Optional.of(said.join()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static String read(Process process) {
    try (InputStream in = process.getInputStream()) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** The nearest folder of a path that is there: what will be created lies on its disk. */
  static Path existing(Path path) {
    Path folder = path.toAbsolutePath();
    while (!Files.exists(folder) && folder.getParent() != null) {
      folder = folder.getParent();
    }
    return folder;
  }
}
