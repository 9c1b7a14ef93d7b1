package dev.mlk.images.mnist.train;

import dev.mlk.images.mnist.arguments.Arguments;
import dev.mlk.images.mnist.checkpoint.Checkpoints;
import dev.mlk.images.mnist.checkpoint.Saver;
import dev.mlk.images.mnist.export.SavedModelExport;
import dev.mlk.images.mnist.model.TrainingGraph;
import dev.mlk.images.mnist.model.Variable;
import dev.mlk.images.mnist.report.Line;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/** The chief gives the variables their values, keeps checkpoints, measures, and exports. */
final class ChiefDuty implements Duty {
  private static final Duration ASSEMBLY = Duration.ofSeconds(15);
  private static final Duration FAREWELL = Duration.ofSeconds(30);

  private final Setting setting;
  private final Company company;
  private final TrainingGraph graph;
  private final Exam exam;
  private final RunEvents events;
  private final Saver saver;
  private final Saver weightSaver;
  private final Optional<Checkpoints> checkpoints;
  private final long examInterval;
  private long savedAt = -1;
  private long examinedAt;

  ChiefDuty(Setting setting, Company company, TrainingGraph graph, Exam exam, RunEvents events) {
    this.setting = setting;
    this.company = company;
    this.graph = graph;
    this.exam = exam;
    this.events = events;
    Arguments.Files files = setting.arguments().files();
    saver = new Saver(graph.own(), graph.variables().all(), setting.description());
    List<Variable<?>> weights = new ArrayList<>(graph.network().weights());
    weightSaver = new Saver(graph.own(), weights, setting.description());
    checkpoints =
        files
            .model()
            .map(folder -> Checkpoints.in(folder, files.checkpointsKept(), setting.description()));
    examInterval = Math.max(1, setting.arguments().training().steps() / 5);
  }

  @Override
  public Optional<Long> ready(Session session) {
    Optional<Path> latest = checkpoints.flatMap(Checkpoints::latest);
    // A restarted chief finds the variables where it left them: to begin anew would wipe them.
    if (!Values.initialised(session, graph)) {
      latest.ifPresentOrElse(prefix -> restore(session, prefix), () -> begin(session));
    }
    long step = Values.globalStep(session, graph);
    if (step > 0) {
      events.resumeAt(step);
    }
    // While there was no chief the workers went on without checkpoints: one may be overdue.
    savedAt = latest.map(Checkpoints::step).orElse(0L);
    examinedAt = step;
    return Optional.of(step);
  }

  private void begin(Session session) {
    company.assemble(ASSEMBLY);
    session.runner().addTarget(graph.initialise()).run().close();
  }

  private void restore(Session session, Path prefix) {
    checkpoints.orElseThrow().restore(session, saver, prefix);
    setting.journal().say(Line.of("restored", prefix).with("step", Checkpoints.step(prefix)));
  }

  @Override
  public void afterStep(Session session, long step) {
    if (step - savedAt >= setting.arguments().files().checkpointInterval()) {
      save(session, step);
    }
    if (step - examinedAt >= examInterval && step < setting.arguments().training().steps()) {
      Exam.Marks marks = examine(session, step);
      setting
          .journal()
          .say(
              Line.of("step", step)
                  .with("held_out_accuracy", marks.accuracy(), 4)
                  .with("held_out_loss", marks.loss(), 4));
    }
  }

  private void save(Session session, long step) {
    checkpoints.ifPresent(
        folder -> {
          folder.save(session, saver, step);
          setting.journal().say(Line.of("checkpoint", "model.ckpt-" + step).with("step", step));
        });
    savedAt = step;
  }

  private Exam.Marks examine(Session session, long step) {
    Exam.Marks marks = exam.take(session, graph);
    examinedAt = step;
    events.marks(step, marks);
    for (Variable<TFloat32> weight : graph.network().weights()) {
      events.weights(step, weight.name(), Values.weights(session, weight.read()));
    }
    return marks;
  }

  @Override
  public void interrupted(Session session, long step) {
    if (step != savedAt) {
      save(session, step);
    }
    setting.journal().say(Line.of("stopped_by", "SIGTERM").with("step", step));
  }

  @Override
  public void finished(Session session, long step, long ownSteps) {
    if (step != savedAt) {
      save(session, step);
      setting.journal().phase("save");
    }
    Exam.Marks marks = examine(session, step);
    events.finished(step, marks, exam.digits());
    setting.journal().phase("evaluate");
    Optional<Path> export = setting.arguments().files().export();
    export.ifPresent(folder -> export(session, folder));
    long[] steps = Values.stepsByTask(session, graph);
    setting.journal().say(Contributions.line(step, steps, setting.membership()));
    setting
        .journal()
        .say(
            Line.start()
                .with("accuracy", marks.accuracy(), 4)
                .with("held_out", exam.size())
                .with("loss", marks.loss(), 4)
                .with("global_step", step));
    company.farewell(FAREWELL);
  }

  private void export(Session session, Path folder) {
    SavedModelExport export = new SavedModelExport(folder, setting.arguments().training().model());
    Path version = export.write(session, weightSaver);
    setting.journal().say(setting.journal().ended("export").with("saved_model", version));
  }
}
