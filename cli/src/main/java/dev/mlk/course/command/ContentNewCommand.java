package dev.mlk.course.command;

import dev.mlk.console.Invocation;
import dev.mlk.course.content.Skeleton;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mlk content new}. */
@Command(
    name = "new",
    description = "Write a first module of your own to begin with",
    footer = {
      "",
      "The module has one step that works. docs/module-format.md says what can be written.",
      "",
      "Examples:",
      "  mlk content new my-pack/storage-1",
      "  mlk content check --pack my-pack"
    })
public final class ContentNewCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "PACK/NAME-NUMBER",
      description = "The folder of the module, which must not be there yet")
  private String name = "";

  private final Course course;

  ContentNewCommand(Course course) {
    this.course = course;
  }

  @Override
  public Integer call() {
    Invocation invocation = course.invocation();
    Path folder = invocation.directory().resolve(name).toAbsolutePath().normalize();
    String module = folder.getFileName().toString();
    if (!module.matches("[a-z][a-z0-9-]{0,40}-\\d{1,3}")) {
      throw new Problem.Usage(
          Explanation.of("\"" + module + "\" cannot be a module's name")
              .because("a name is a word, a dash and a number, such as storage-1")
              .next("mlk content new my-pack/storage-1"));
    }
    Skeleton.write(folder, module);
    invocation.note("Next: mlk content check --pack " + Path.of(name).resolve("..").normalize());
    return 0;
  }
}
