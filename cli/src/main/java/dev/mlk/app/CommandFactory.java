package dev.mlk.app;

import dev.mlk.board.TensorBoardCommand;
import dev.mlk.check.ClusterCheckCommand;
import dev.mlk.check.DoctorCommand;
import dev.mlk.cluster.ClusterCommands;
import dev.mlk.cluster.PracticeClusters;
import dev.mlk.connect.Connections;
import dev.mlk.console.Invocation;
import dev.mlk.course.board.BoardCommand;
import dev.mlk.course.board.BoardJoinCommand;
import dev.mlk.course.board.BoardLeaveCommand;
import dev.mlk.course.command.Course;
import dev.mlk.course.command.CourseCommands;
import dev.mlk.gpu.overview.GpuTopCommand;
import dev.mlk.gpu.overview.GpuTopologyCommand;
import dev.mlk.gpu.verify.GpuVerifyCommand;
import dev.mlk.job.DeleteCommand;
import dev.mlk.job.GetCommand;
import dev.mlk.job.ListCommand;
import dev.mlk.job.LogsCommand;
import dev.mlk.job.RenderCommand;
import dev.mlk.job.ResumeCommand;
import dev.mlk.job.SubmitCommand;
import dev.mlk.job.SuspendCommand;
import dev.mlk.job.WaitCommand;
import dev.mlk.job.WhyCommand;
import dev.mlk.metrics.LogSources;
import dev.mlk.metrics.MetricsCommand;
import dev.mlk.operator.OperatorRunCommand;
import dev.mlk.sweep.SweepCommands;
import dev.mlk.template.TemplateListCommand;
import dev.mlk.template.TemplateShowCommand;
import dev.mlk.usage.UsageCommand;
import java.util.Set;
import java.util.concurrent.Callable;

/** Builds the one command that was asked for; no other command class is loaded. */
final class CommandFactory {
  private static final Set<String> COURSE =
      Set.of("module", "verify", "watch", "answer", "content");

  private CommandFactory() {}

  /**
   * The command of a path of {@link CommandTable}: an object annotated for picocli.
   *
   * @throws IllegalArgumentException when the table and this switch differ
   */
  static Callable<Integer> create(String path, Invocation invocation) {
    Connections connections = new Connections(invocation, PracticeClusters::running);
    if (path.equals("cluster check")) {
      return new ClusterCheckCommand(
          invocation, connections, name -> PracticeClusters.runsOperator(invocation, name));
    }
    if (path.startsWith("cluster ")) {
      return ClusterCommands.create(path.substring("cluster ".length()), invocation);
    }
    if (path.equals("sweep") || path.startsWith("sweep ")) {
      LogSources folders =
          new LogSources(
              invocation, connections, name -> PracticeClusters.folder(invocation, name));
      return SweepCommands.create(
          path.substring("sweep".length()).strip(), invocation, connections, folders);
    }
    if (COURSE.contains(path.indexOf(' ') < 0 ? path : path.substring(0, path.indexOf(' ')))) {
      return CourseCommands.create(
          path,
          invocation,
          new Course.Sources(
              connections,
              new Connections(invocation, PracticeClusters::runningAlready),
              name -> PracticeClusters.folder(invocation, name)));
    }
    if (path.startsWith("tfjob ") && !path.equals("tfjob render")) {
      return job(path, invocation, connections);
    }
    return switch (path) {
      case "__complete" ->
          new CompleteCommand(
              invocation,
              new Connections(invocation, PracticeClusters::runningAlready),
              () -> PracticeClusters.names(invocation));
      case "usage" -> new UsageCommand(invocation, connections);
      case "metrics" ->
          new MetricsCommand(
              invocation, connections, name -> PracticeClusters.folder(invocation, name));
      case "board" -> new BoardCommand(invocation, connections);
      case "board join" -> new BoardJoinCommand(invocation, connections, "mlk");
      case "board leave" -> new BoardLeaveCommand(invocation, connections);
      case "tensorboard" ->
          new TensorBoardCommand(
              invocation,
              connections,
              name -> PracticeClusters.folder(invocation, name),
              Version.TEXT);
      case "doctor" -> new DoctorCommand(invocation);
      case "completion" -> new CompletionCommand(invocation);
      case "version" -> new VersionCommand(invocation, connections);
      case "gpu verify" -> new GpuVerifyCommand(invocation, connections);
      case "operator run" -> new OperatorRunCommand(invocation, connections);
      case "gpu top" -> new GpuTopCommand(invocation, connections);
      case "gpu topology" -> new GpuTopologyCommand(invocation, connections);
      case "tfjob render", "template render" -> new RenderCommand(invocation);
      case "template list" -> new TemplateListCommand(invocation);
      case "template show" -> new TemplateShowCommand(invocation);
      default -> throw new IllegalArgumentException("no class for the command " + path);
    };
  }

  private static Callable<Integer> job(
      String path, Invocation invocation, Connections connections) {
    return switch (path) {
      case "tfjob submit" -> new SubmitCommand(invocation, connections);
      case "tfjob list" -> new ListCommand(invocation, connections);
      case "tfjob get" -> new GetCommand(invocation, connections);
      case "tfjob logs" -> new LogsCommand(invocation, connections);
      case "tfjob wait" -> new WaitCommand(invocation, connections);
      case "tfjob why" -> new WhyCommand(invocation, connections);
      case "tfjob delete" -> new DeleteCommand(invocation, connections);
      case "tfjob suspend" -> new SuspendCommand(invocation, connections);
      case "tfjob resume" -> new ResumeCommand(invocation, connections);
      default -> throw new IllegalArgumentException("no class for the command " + path);
    };
  }
}
