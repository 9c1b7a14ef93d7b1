package dev.mlk.course.diagnosis;

import dev.mlk.course.Check;
import dev.mlk.course.Check.Words;
import dev.mlk.course.Step;
import dev.mlk.course.Workload;
import dev.mlk.course.check.Checks;
import dev.mlk.course.check.Objects;
import dev.mlk.course.check.Observation;
import dev.mlk.course.check.Vocabulary;
import dev.mlk.facts.Nodes;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Finds what to say of a check that fails. */
public final class Diagnosis {
  /** Codes of checks that say more than any code that a module gives to the check as a whole. */
  private static final Set<String> NOTHING_THERE = Set.of("NO-FILE", "NOT-ANSWERED", "JSON-SYNTAX");

  private final Checks checks;
  private final Set<String> names;

  /**
   * In what these checks look at.
   *
   * @param names the names of all objects that the module speaks of
   */
  public Diagnosis(Checks checks, Set<String> names) {
    this.checks = checks;
    this.names = Set.copyOf(names);
  }

  /** The root cause: the step's own explanations, the shared ones, the check's own words. */
  public Words of(Step step, Check check, Observation failed) {
    Words own = own(check, failed);
    Words said =
        rule(check, failed, false)
            .or(() -> shared(step, check, own.code()).map(this::advice))
            .or(() -> rule(check, failed, true))
            .orElse(own);
    return new Words(
        said.code(),
        said.seen().isEmpty() ? failed.seen() : said.seen(),
        said.expected().isEmpty() ? own.expected() : said.expected(),
        said.why().isEmpty() ? own.why() : said.why(),
        said.next().isEmpty() ? own.next() : said.next());
  }

  /** What was seen stays as it is: a server's or a program's words are no template. */
  private Words advice(Words words) {
    return new Words(
        words.code(),
        words.seen(),
        checks.words().fill(words.expected()),
        checks.words().fill(words.why()),
        checks.words().fill(words.next()));
  }

  /** What the check says by itself. */
  public Words own(Check check, Observation failed) {
    String usual = Vocabulary.verb(check.verb()).map(Vocabulary.Verb::code).orElse("WRONG");
    Words words = check.words();
    boolean named = !words.code().isEmpty();
    boolean sure = !failed.code().isEmpty() && (!named || NOTHING_THERE.contains(failed.code()));
    String code = sure ? failed.code() : named ? words.code() : usual;
    String expected =
        words.expected().isEmpty() ? failed.expected() : checks.words().fill(words.expected());
    return new Words(
        code,
        failed.seen(),
        expected,
        checks.words().fill(words.why()),
        checks.words().fill(words.next()));
  }

  private Optional<Words> rule(Check check, Observation failed, boolean last) {
    for (Check.Rule rule : check.onFail()) {
      if (rule.last() != last) {
        continue;
      }
      String when = "";
      boolean all = true;
      for (Check condition : rule.when()) {
        Observation observation = checks.look(condition.verb(), condition.arguments());
        when = observation.seen();
        if (!observation.holds()) {
          all = false;
          break;
        }
      }
      if (all) {
        return Optional.of(
            checks
                .words()
                .fill(
                    rule.words(),
                    Map.of("seen", failed.seen(), "when", when, "expected", failed.expected())));
      }
    }
    return Optional.empty();
  }

  private Optional<Words> shared(Step step, Check check, String code) {
    if (step.workload().isEmpty() || !check.shared()) {
      return Optional.empty();
    }
    Workload workload = step.workload().get();
    Optional<JsonNode> object =
        new Objects(checks.scene())
            .select(workload.kind(), "", "").stream()
                .filter(one -> Nodes.name(one).equals(workload.name()))
                .findFirst();
    return object.isEmpty()
        ? new Missing(workload, checks.scene(), names).why()
        : new Present(workload, object.get(), checks.scene()).why(code);
  }
}
