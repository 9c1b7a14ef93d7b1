package dev.mlk.course.command;

import dev.mlk.console.Invocation;
import java.util.concurrent.Callable;

/** Builds the commands of the workshop. */
public final class CourseCommands {
  private CourseCommands() {}

  /**
   * The command of a path.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Callable<Integer> create(
      String path, Invocation invocation, Course.Sources sources) {
    Course course = new Course(invocation, sources);
    return switch (path) {
      case "module list" -> new ModuleListCommand(course);
      case "module show" -> new ModuleShowCommand(course);
      case "module start" -> new ModuleStartCommand(course);
      case "module next" -> new ModuleNextCommand(course);
      case "module hint" -> new ModuleHintCommand(course);
      case "module solve" -> new ModuleSolveCommand(course);
      case "module reset" -> new ModuleResetCommand(course);
      case "module catch-up" -> new ModuleCatchUpCommand(course);
      case "content check" -> new ContentCheckCommand(course);
      case "content new" -> new ContentNewCommand(course);
      case "verify" -> new VerifyCommand(course);
      case "watch" -> new WatchCommand(course);
      case "answer" -> new AnswerCommand(course);
      default -> throw new IllegalArgumentException("no class for the command " + path);
    };
  }
}
