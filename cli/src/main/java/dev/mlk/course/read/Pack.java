package dev.mlk.course.read;

import dev.mlk.course.CourseModule;
import dev.mlk.course.Step;
import dev.mlk.format.Nearest;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A pack of modules: a folder with one folder for each. */
public final class Pack {
  /**
   * A step and its module.
   *
   * @param module the module
   * @param step one of its steps
   */
  public record Place(CourseModule module, Step step) {}

  private final Path folder;

  Pack(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /** The names of all modules, by their number. */
  public List<String> names() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(folder)) {
      return folders
          .filter(one -> Files.isRegularFile(one.resolve("module.yaml")))
          .map(one -> one.getFileName().toString())
          .sorted(Comparator.comparingInt(Pack::number).thenComparing(Comparator.naturalOrder()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int number(String name) {
    String digits = name.substring(name.lastIndexOf('-') + 1);
    return digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : Integer.MAX_VALUE;
  }

  /** All modules in order. */
  public List<CourseModule> modules() {
    return names().stream().map(this::module).toList();
  }

  /**
   * The module of that name, or of that number alone.
   *
   * @throws Problem.NotFound when there is none, with the nearest name
   * @throws Problem.BadInput when it cannot be read
   */
  public CourseModule module(String wanted) {
    List<String> names = names();
    String name =
        names.stream()
            .filter(one -> one.equals(wanted) || one.endsWith("-" + wanted))
            .findFirst()
            .orElseThrow(() -> noModule(wanted, names));
    return ModuleReader.read(folder.resolve(name));
  }

  private static Problem noModule(String wanted, List<String> names) {
    return new Problem.NotFound(
        Explanation.of("there is no module " + wanted)
            .because(
                names.isEmpty()
                    ? "there are no modules here at all"
                    : Nearest.to(wanted, names)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("there are: " + String.join(", ", names)))
            .next("mlk module list"));
  }

  /**
   * The steps that a word names: all of {@code module-3}, or {@code module-3.2}, or {@code 3.2}.
   *
   * @throws Problem.NotFound when there is no such module or step
   */
  public List<Place> steps(String wanted) {
    int dot = wanted.indexOf('.');
    CourseModule module = module(dot < 0 ? wanted : wanted.substring(0, dot));
    List<Place> places = new ArrayList<>();
    for (Step step : module.steps()) {
      String own = step.id().substring(step.id().indexOf('.'));
      if (dot < 0 || own.equals(wanted.substring(dot))) {
        places.add(new Place(module, step));
      }
    }
    if (places.isEmpty()) {
      throw new Problem.NotFound(
          Explanation.of(module.name() + " has no step " + wanted)
              .because(
                  "its steps are "
                      + String.join(", ", module.steps().stream().map(Step::id).toList()))
              .next("mlk module show " + module.name()));
    }
    return places;
  }
}
