package dev.mlk.course.act;

import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The learner's files of one module, and the module's own that they come from. */
public final class Workspace {
  private final Path module;
  private final Path folder;
  private final InstantSource clock;

  /**
   * The files.
   *
   * @param module the module's folder, which is only read
   * @param folder the learner's folder, which need not exist
   */
  public Workspace(Path module, Path folder, InstantSource clock) {
    this.module = module;
    this.folder = folder;
    this.clock = clock;
  }

  /** A file of the module, which may be neither outside of it nor a link out of it. */
  Path ofModule(String name) {
    Path file = below(module, name);
    try {
      if (Files.isRegularFile(file) && file.toRealPath().startsWith(module.toRealPath())) {
        return file;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new Problem.BadInput(
        Explanation.of("the module has no file " + name).because("it looks in " + module));
  }

  /** A path of the learner's folder. */
  Path ofLearner(String name) {
    return below(folder, name);
  }

  private static Path below(Path root, String name) {
    try {
      Path file = root.resolve(name).normalize();
      if (file.startsWith(root.normalize()) && !file.equals(root.normalize())) {
        return file;
      }
    } catch (InvalidPathException e) {
      throw new Problem.BadInput(Explanation.of("no file can be called " + name));
    }
    throw new Problem.BadInput(
        Explanation.of("the file " + name + " is outside of the folder that it belongs to"));
  }

  /** Writes a file of the learner's; what was there and differs stays beside it. */
  void write(String name, byte[] content) {
    Path file = ofLearner(name);
    try {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), content)) {
          return;
        }
        Path kept = file.resolveSibling(file.getFileName() + ".yours");
        Files.move(file, kept, StandardCopyOption.REPLACE_EXISTING);
      }
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Copies the start files that are not there yet; returns the names of those copied. */
  public List<String> begin(UnaryOperator<String> fill) {
    Path start = module.resolve("start");
    List<String> copied = new ArrayList<>();
    try {
      Files.createDirectories(folder);
      if (!Files.isDirectory(start)) {
        return copied;
      }
      try (Stream<Path> walk = Files.walk(start)) {
        for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
          String name = start.relativize(file).toString();
          if (!Files.exists(ofLearner(name), LinkOption.NOFOLLOW_LINKS)) {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            write(name, fill.apply(text).getBytes(StandardCharsets.UTF_8));
            copied.add(name);
          }
        }
      }
      return copied;
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /**
   * Moves the learner's files of these names into a folder of their own, as nothing of theirs is
   * deleted.
   *
   * @return where they are now; empty when there were none
   */
  public Optional<Path> setAside(List<String> names) {
    List<Path> there =
        names.stream()
            .map(this::ofLearner)
            .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
            .toList();
    if (there.isEmpty()) {
      return Optional.empty();
    }
    String stamp = clock.instant().toString().replace(":", "").replaceFirst("\\..*", "");
    Path aside = folder.resolve(".kept").resolve(stamp);
    try {
      for (Path file : there) {
        Path target = aside.resolve(folder.normalize().relativize(file));
        Files.createDirectories(target.getParent());
        Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw unusable(e);
    }
    return Optional.of(aside);
  }

  private Problem unusable(IOException e) {
    return new Problem.BadInput(
        Explanation.of("the folder " + folder + " cannot be used")
            .because(String.valueOf(e.getMessage()))
            .next("choose another with --dir"));
  }
}
