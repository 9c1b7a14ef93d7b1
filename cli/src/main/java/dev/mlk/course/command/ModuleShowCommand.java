package dev.mlk.course.command;

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
      "  mlk module show module-3 --web"
    })
public final class ModuleShowCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODULE[.STEP]", description = "Such as module-3 or 3.2")
  private String wanted = "";

  @Option(
      names = "--pack",
      paramLabel = "PACK",
      description = "Another pack of modules: a folder, .zip or .tgz")
  private String packName = "";

  @Option(
      names = "--web",
      description = "In the browser, with ticks: prints the address of a page on this machine")
  private boolean web;

  private final Course course;

  ModuleShowCommand(Course course) {
    this.course = course;
  }

  @Override
  public Integer call() throws Exception {
    Pack pack = course.pack(packName);
    if (web) {
      CourseModule module = pack.steps(wanted).getFirst().module();
      return new Watching(course, pack).show("", true, _ -> module);
    }
    if (wanted.indexOf('.') >= 0) {
      Pack.Place place = pack.steps(wanted).getFirst();
      course.print(Page.of(place.module()).section(place.step().id()).orElse(""));
      return 0;
    }
    Page page = Page.of(pack.module(wanted));
    course.print(page.introduction() + String.join("", page.sections().values()));
    return 0;
  }
}
