package dev.mlk.practice.api.admission;

import dev.mlk.practice.api.access.Escalation;
import dev.mlk.practice.api.objects.Objects;

/** Whoever writes roles and bindings grants no more than they have. */
final class RightsOfGranter implements Rule {
  private final Escalation escalation;

  RightsOfGranter(Objects objects) {
    this.escalation = new Escalation(objects);
  }

  @Override
  public void validate(Attempt attempt) {
    if (attempt.operation() != Attempt.Operation.DELETE) {
      escalation.check(attempt.user(), attempt.served().resource(), attempt.object());
    }
  }
}
