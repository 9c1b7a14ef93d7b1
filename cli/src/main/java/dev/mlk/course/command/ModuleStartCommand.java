package dev.mlk.course.command;

import dev.mlk.console.Invocation;
import dev.mlk.course.CourseModule;
import dev.mlk.course.read.Pack;
import dev.mlk.course.read.Page;
import dev.mlk.course.verify.Workshop;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mlk module start}. */
@Command(
    name = "start",
    description = "Begin a module: its files are copied, the step at hand is shown",
    footer = {
      "",
      "The files go to ./mlk-workshop/MODULE; what is there already stays as it is. Begin",
      "a module as often as you like.",
      "",
      "Examples:",
      "  mlk module start module-3",
      "  mlk module start module-3 --dir ~/workshop",
      "  mlk module start 3.4"
    })
public final class ModuleStartCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODULE", description = "Such as module-3, or one of its steps: 3.4")
  private String name = "";

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      description = "Where your files go (./mlk-workshop)")
  private String folder = "";

  private final Course course;

  ModuleStartCommand(Course course) {
    this.course = course;
  }

  @Override
  public Integer call() {
    Invocation invocation = course.invocation();
    Pack pack = course.pack("");
    Optional<Pack.Place> wanted =
        name.contains(".") ? Optional.of(pack.steps(name).getFirst()) : Optional.empty();
    CourseModule module = wanted.map(Pack.Place::module).orElseGet(() -> pack.module(name));
    try (Workshop workshop = course.open(folder)) {
      course.allow(workshop);
      Beginning beginning = new Beginning(course, workshop);
      List<String> copied = beginning.files(module);
      course.print(Page.of(module).introduction());
      invocation.note("Your files are in " + workshop.folder(module) + names(copied));
      wanted
          .or(() -> Course.next(pack, workshop.store().read(), module.name()))
          .ifPresentOrElse(
              place -> {
                beginning.seen(module, List.of(place.step()));
                invocation.console().print("");
                Page.of(module).section(place.step().id()).ifPresent(course::print);
                invocation.note("When it is done: mlk verify " + place.step().id());
              },
              () -> invocation.note("All its steps are done. Next: mlk module next"));
    }
    return 0;
  }

  private static String names(List<String> copied) {
    return copied.isEmpty() ? "." : ": " + String.join(", ", copied) + ".";
  }
}
