package dev.mlk.course.command;

import dev.mlk.console.Invocation;
import dev.mlk.course.read.Pack;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mlk watch}. */
@Command(
    name = "watch",
    description = "Show a module's page and verify it on every save and change in the cluster",
    footer = {
      "",
      "Beside your editor: page, ticks and diagnosis, side by side where there is room. Keys:",
      "n next step, h hint, s solution (shown before it is done), l list, q quit. Without a",
      "terminal it prints a line for each change, and ends when all steps have passed.",
      "",
      "Examples:",
      "  mlk watch",
      "  mlk watch module-3",
      "  mlk watch module-3 --web"
    })
public final class WatchCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "MODULE",
      description = "Such as module-3; else the one that you are at")
  private String wanted = "";

  @Option(names = "--dir", paramLabel = "FOLDER", description = "The folder of your files")
  private String folder = "";

  @Option(
      names = "--web",
      description = "In the browser instead: prints the address of a page on this machine")
  private boolean web;

  private final Course course;

  WatchCommand(Course course) {
    this.course = course;
  }

  @Override
  public Integer call() throws Exception {
    Invocation invocation = course.invocation();
    invocation.options().output().require();
    Pack pack = course.pack("");
    if (!wanted.isEmpty()) {
      // A wrong name is said before a cluster is started for it.
      pack.module(wanted);
    }
    return new Watching(course, pack)
        .show(
            folder,
            web,
            workshop ->
                wanted.isEmpty()
                    ? Course.step(pack, workshop.store().read(), "").module()
                    : pack.module(wanted));
  }
}
