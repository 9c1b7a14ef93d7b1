package dev.mlk.practice.api.admission;

import dev.mlk.practice.api.objects.Objects;
import java.util.List;

/** All rules of admission, in order. */
public final class Admission {
  private final List<Rule> rules;

  /** The rules over the objects there are. */
  public Admission(Objects objects) {
    this.rules = List.of(new NamespaceLifecycle(objects), new RightsOfGranter(objects));
  }

  /** Lets every rule add to the object; refuses with an {@code ApiError}. */
  public void mutate(Attempt attempt) {
    rules.forEach(rule -> rule.mutate(attempt));
  }

  /** Lets every rule look at the finished object; refuses with an {@code ApiError}. */
  public void validate(Attempt attempt) {
    rules.forEach(rule -> rule.validate(attempt));
  }
}
