package dev.mlk.images.mnist.train;

import dev.mlk.images.mnist.data.Digits;
import dev.mlk.images.mnist.exit.ExitCode;
import dev.mlk.images.mnist.exit.Failure;
import dev.mlk.images.mnist.model.TrainingGraph;
import dev.mlk.images.mnist.report.Line;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFPermissionDeniedException;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.exceptions.TensorFlowException;

/**
 * Training as chief, as worker or alone. When a session breaks because another process died, a new
 * one is opened as soon as that process is back; a parameter server comes back empty, and the chief
 * then restores the latest checkpoint.
 */
final class Training {
  /** Sessions in a row that may break without a single step: then something else is wrong. */
  private static final int FRUITLESS_SESSIONS = 20;

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Setting setting;
  private final Company company;

  Training(Setting setting, Company company) {
    this.setting = setting;
    this.company = company;
  }

  ExitCode run() {
    Path data = setting.arguments().files().data();
    Digits digits = Digits.training(data);
    boolean chief = setting.membership().chief();
    Optional<Exam> exam = chief ? Optional.of(new Exam(Digits.heldOut(data))) : Optional.empty();
    setting
        .journal()
        .say(setting.journal().ended("load").with("examples", digits.size()).with("from", data));
    try (TrainingGraph graph =
            new TrainingGraph(
                setting.arguments().training(),
                setting.arguments().seed(),
                company.placement(),
                setting.membership().countedAs());
        RunEvents events = new RunEvents(setting)) {
      Lesson lesson =
          new Lesson(
              setting,
              graph,
              digits,
              company.stepOptions(),
              new ProgressLog(setting, events.training()));
      Duty duty =
          exam.<Duty>map(paper -> new ChiefDuty(setting, company, graph, paper, events))
              .orElseGet(() -> new WorkerDuty(setting, graph));
      setting.journal().phase("graph");
      return untilDone(graph, lesson, duty);
    }
  }

  private ExitCode untilDone(TrainingGraph graph, Lesson lesson, Duty duty) {
    int fruitless = 0;
    while (true) {
      long before = lesson.ownSteps();
      try {
        return oneSession(graph, lesson, duty);
      } catch (TensorFlowException e) {
        fruitless = lesson.ownSteps() > before ? 0 : fruitless + 1;
        if (!company.mayRecover() || irreparable(e)) {
          throw e;
        }
        if (fruitless == FRUITLESS_SESSIONS) {
          throw new Failure(ExitCode.CLUSTER, "The cluster cannot be worked with: " + words(e), e);
        }
        setting.journal().say(Line.of("lost_session", words(e)));
        setting.journal().begin();
        if (setting.stop().await(PAUSE)) {
          return ExitCode.TERMINATED;
        }
      }
    }
  }

  private ExitCode oneSession(TrainingGraph graph, Lesson lesson, Duty duty) {
    Session session = company.open(graph.graph());
    try {
      if (setting.stop().wished()) {
        return ExitCode.TERMINATED;
      }
      Optional<Long> from = duty.ready(session);
      if (from.isEmpty()) {
        return ExitCode.TERMINATED;
      }
      setting.journal().say(setting.journal().ended("ready").with("step", from.get()));
      long step = lesson.run(session, from.get(), at -> duty.afterStep(session, at));
      setting.journal().phase("train");
      if (step < setting.arguments().training().steps()) {
        duty.interrupted(session, step);
        return ExitCode.TERMINATED;
      }
      duty.finished(session, step, lesson.ownSteps());
      return ExitCode.DONE;
    } finally {
      close(session);
    }
  }

  private static void close(Session session) {
    try {
      session.close();
    } catch (TensorFlowException | IllegalStateException e) {
      // Its cluster is gone already: that is why it is closed.
    }
  }

  /** Errors that no other process's return will mend. */
  private static boolean irreparable(TensorFlowException e) {
    return e instanceof TFPermissionDeniedException || e instanceof TFResourceExhaustedException;
  }

  private static String words(TensorFlowException e) {
    String message = String.join(" ", String.valueOf(e.getMessage()).lines().toList()).strip();
    if (message.isEmpty()) {
      return "a connection broke";
    }
    return message.length() > 200 ? message.substring(0, 200) + "..." : message;
  }
}
