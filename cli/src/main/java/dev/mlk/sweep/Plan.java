package dev.mlk.sweep;

import dev.mlk.console.Invocation;
import dev.mlk.format.Nearest;
import dev.mlk.job.Input;
import dev.mlk.manifest.Document;
import dev.mlk.manifest.Finding;
import dev.mlk.manifest.Manifest;
import dev.mlk.manifest.ManifestCheck;
import dev.mlk.manifest.Place;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import dev.mlk.sweep.search.Search;
import dev.mlk.sweep.search.Tried;
import dev.mlk.sweep.space.Constraint;
import dev.mlk.sweep.space.Domain;
import dev.mlk.sweep.space.DomainReader;
import dev.mlk.sweep.space.Parameter;
import dev.mlk.sweep.space.Point;
import dev.mlk.sweep.space.Space;
import dev.mlk.sweep.store.Objective;
import dev.mlk.sweep.store.SweepSpec;
import dev.mlk.sweep.store.SweepStore;
import dev.mlk.sweep.store.Trial;
import dev.mlk.sweep.trial.TrialJob;
import dev.mlk.template.Template;
import dev.mlk.template.Templates;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A wish made ready: everything checked that can be checked without a cluster.
 *
 * @param spec what is to be done
 * @param companions what the job needs beside it, such as claims
 * @param trials the trials that are known before the first has ended
 * @param notes what the user should know
 */
record Plan(SweepSpec spec, List<Document> companions, List<Trial> trials, List<String> notes) {
  private static final int USUAL_TRIALS = 10;
  private static final int MOST_TRIALS = 1000;

  /**
   * Makes a plan.
   *
   * @throws Problem.BadInput with everything that is wrong
   */
  static Plan of(Invocation invocation, Wish wish) {
    Input input = Input.read(invocation, wish.source(), "", wish.settings());
    List<Document> jobs =
        input.documents().stream().filter(document -> document.kind().equals("TFJob")).toList();
    if (jobs.size() != 1) {
      throw bad("a sweep changes one TFJob, and " + wish.source() + " has " + jobs.size());
    }
    if (wish.words().parameters().isEmpty()) {
      throw new Problem.Usage(
          Explanation.of("nothing to sweep over")
              .because("name a parameter and its values")
              .next("mlk sweep --lr 0.01,0.001,0.1")
              .next("mlk template show " + Wish.USUAL + " --parameters"));
    }
    List<String> notes = new ArrayList<>();
    Space space = space(invocation, wish, jobs.getFirst(), notes);
    Objective objective = objective(wish.goal());
    SweepSpec spec =
        new SweepSpec(
            jobs.getFirst().object(), space, objective, choice(wish.goal(), space), wish.limits());
    List<Trial> trials = trials(spec);
    trials.stream().findFirst().ifPresent(trial -> check(spec, trial.point()));
    List<Document> companions =
        input.documents().stream().filter(document -> !document.kind().equals("TFJob")).toList();
    return new Plan(spec, companions, trials, notes);
  }

  private static Problem bad(String sentence) {
    return new Problem.BadInput(Explanation.of(sentence));
  }

  private static Objective objective(Wish.Goal goal) {
    return switch (goal.direction()) {
      case "" -> Objective.guessed(goal.metric());
      case "maximize", "max" -> new Objective(goal.metric(), true);
      case "minimize", "min" -> new Objective(goal.metric(), false);
      default ->
          throw new Problem.Usage(
              Explanation.of("--goal takes maximize or minimize, not " + goal.direction()));
    };
  }

  private static Space space(Invocation invocation, Wish wish, Document job, List<String> notes) {
    Optional<Template> template =
        wish.source().equals("-") || Files.exists(invocation.directory().resolve(wish.source()))
            ? Optional.empty()
            : Templates.shipped().find(wish.source());
    List<Parameter> parameters = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (String text : wish.words().parameters()) {
      int equals = text.indexOf('=');
      String name = equals < 0 ? text : text.substring(0, equals);
      try {
        Domain domain = DomainReader.read(equals < 0 ? "" : text.substring(equals + 1));
        List<String> targets =
            template.isPresent() && name.indexOf('.') < 0
                ? Targets.ofTemplate(template.get(), job, name, domain)
                : Targets.ofFile(job, name, notes);
        if (parameters.stream().anyMatch(known -> known.name().equals(name))) {
          problems.add("--" + name + " is there twice");
        }
        parameters.add(new Parameter(name, targets, domain));
      } catch (IllegalArgumentException e) {
        problems.add("--" + name + ": " + e.getMessage() + meant(name));
      }
    }
    List<Constraint> constraints = new ArrayList<>();
    List<String> names = parameters.stream().map(Parameter::name).toList();
    for (String where : wish.where()) {
      try {
        constraints.add(Constraint.read(where, names));
      } catch (IllegalArgumentException e) {
        problems.add(e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new Problem.BadInput(
          Explanation.of("the sweep cannot be made; nothing was created")
              .because(problems)
              .next("mlk sweep --help"));
    }
    return new Space(parameters, constraints);
  }

  private static String meant(String name) {
    return Nearest.to(name, Wish.OPTIONS)
        .map(option -> " (or was the option --" + option + " meant?)")
        .orElse("");
  }

  private static SweepSpec.Choice choice(Wish.Goal goal, Space space) {
    if (goal.search() == Search.Kind.GRID) {
      long size = space.gridSize();
      long trials = goal.trials() > 0 ? goal.trials() : size;
      if (trials > MOST_TRIALS || size > 1_000_000) {
        throw new Problem.BadInput(
            Explanation.of(
                    "the grid has " + size + " combinations; a sweep has at most 1000 trials")
                .next("--search random --trials 50")
                .next("fewer values: a range takes their number, as in 1e-4..1e-1:log:4"));
      }
      return new SweepSpec.Choice(goal.search(), 0, (int) trials);
    }
    int trials = goal.trials() > 0 ? goal.trials() : USUAL_TRIALS;
    if (trials > MOST_TRIALS) {
      throw bad("--trials " + trials + " is more than a sweep can have: 1000");
    }
    return new SweepSpec.Choice(goal.search(), goal.seed(), trials);
  }

  private static List<Trial> trials(SweepSpec spec) {
    Search search = spec.newSearch();
    List<Trial> trials = new ArrayList<>();
    List<Tried> history = new ArrayList<>();
    int most = search.settled() ? spec.search().trials() : 1;
    try {
      for (Optional<Point> next = search.next(history);
          next.isPresent() && trials.size() < most;
          next = search.next(history)) {
        trials.add(Trial.proposed(trials.size() + 1, next.get()));
        history.add(new Tried(next.get(), OptionalDouble.empty()));
      }
    } catch (IllegalArgumentException e) {
      throw new Problem.BadInput(Explanation.of(e.getMessage()));
    }
    if (trials.isEmpty()) {
      throw bad("no combination meets " + spec.space().constraints().getFirst().text());
    }
    if (spec.search().trials() > SweepStore.room(spec)) {
      throw bad(
          "a sweep of this job has room for "
              + SweepStore.room(spec)
              + " trials, and this one has "
              + spec.search().trials());
    }
    return trials;
  }

  /** A trial's job must be as right as the job it was made from. */
  private static void check(SweepSpec spec, Point point) {
    List<String> findings =
        ManifestCheck.check(new Manifest(List.of(document(spec, point)), List.of())).stream()
            .map(Finding::line)
            .toList();
    if (!findings.isEmpty()) {
      throw new Problem.BadInput(
          Explanation.of("the first trial, " + point.text() + ", would be no legal job")
              .because(findings));
    }
  }

  /** The job of a point as if it had been read from a file. */
  static Document document(SweepSpec spec, Point point) {
    return new Document(TrialJob.filled(spec, point), Map.of(), Place.of("trial " + point.text()));
  }

  /** The name that the same wish always gets. */
  String usualName() {
    String job = spec.job().path("metadata").path("name").asString("sweep");
    String head = job.substring(0, Math.min(job.length(), 30));
    return head + "-" + spec.fingerprint();
  }
}
