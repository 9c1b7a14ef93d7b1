package dev.mlk.course.command;

import dev.mlk.console.Invocation;
import dev.mlk.course.read.Pack;
import dev.mlk.course.read.Page;
import dev.mlk.course.verify.Workshop;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mlk module next}. */
@Command(
    name = "next",
    description = "Show the step that comes next",
    footer = {"", "Examples:", "  mlk module next"})
public final class ModuleNextCommand implements Callable<Integer> {
  @Option(names = "--dir", paramLabel = "FOLDER", description = "The folder of your files")
  private String folder = "";

  private final Course course;

  ModuleNextCommand(Course course) {
    this.course = course;
  }

  @Override
  public Integer call() {
    Invocation invocation = course.invocation();
    try (Workshop workshop = course.open(folder)) {
      Optional<Pack.Place> place = Course.next(course.pack(""), workshop.store().read(), "");
      if (place.isEmpty()) {
        invocation.note("You have done all there is. mlk module list shows what it took.");
        return 0;
      }
      Beginning beginning = new Beginning(course, workshop);
      beginning.files(place.get().module());
      beginning.seen(place.get().module(), List.of(place.get().step()));
      String id = place.get().step().id();
      Page.of(place.get().module()).section(id).ifPresent(course::print);
      invocation.note("When it is done: mlk verify " + id);
    }
    return 0;
  }
}
