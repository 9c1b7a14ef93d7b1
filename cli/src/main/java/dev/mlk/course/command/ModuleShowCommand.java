package dev.mlk.course.command;

import dev.mlk.console.Invocation;
import dev.mlk.course.CourseModule;
import dev.mlk.course.read.Pack;
import dev.mlk.course.read.Page;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mlk module show}. */
@Command(
    name = "show",
    description = "Show the page of a module, or of one of its steps",
    footer = {
      "",
      "Examples:",
      "  mlk module show module-3",
      "  mlk module show 3.3",
    })
public final class ModuleShowCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODULE[.STEP]", description = "Such as module-3 or 3.2")
  private String wanted = "";

  @Option(
      names = "--pack",
      paramLabel = "PACK",
      description = "Another pack of modules: a folder, .zip or .tgz")
  private String packName = "";

  private final Course course;

  ModuleShowCommand(Course course) {
    this.course = course;
  }

  @Override
  public Integer call() {
    Invocation invocation = course.invocation();
    Pack pack = course.pack(packName);
    if (wanted.indexOf('.') >= 0) {
      Pack.Place place = pack.steps(wanted).getFirst();
      String section = Page.of(place.module()).section(place.step().id()).orElse("");
      invocation.console().out().print(section);
      return 0;
    }
    CourseModule module = pack.module(wanted);
    Page page = Page.of(module);
    invocation.console().out().print(page.introduction());
    page.sections().values().forEach(invocation.console().out()::print);
    return 0;
  }
}
