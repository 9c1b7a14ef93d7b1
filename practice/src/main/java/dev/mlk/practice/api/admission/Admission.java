package dev.mlk.practice.api.admission;

import dev.mlk.practice.api.objects.Objects;
import java.util.List;
import java.util.random.RandomGenerator;

/** All rules of admission, in order. */
public final class Admission {
  private final List<Rule> rules;

  /**
   * The rules over the objects there are.
   *
   * @param secrets the rule that fills secrets with tokens
   * @param webhooks the rule that asks others, when only quotas come after it
   */
  public Admission(Objects objects, RandomGenerator random, Rule secrets, Rule webhooks) {
    this.rules =
        List.of(
            new NamespaceLifecycle(objects),
            new LimitRanges(objects),
            new ServiceAccounts(objects, random),
            new PodPriority(objects),
            new DefaultTolerations(),
            new DefaultStorageClass(objects),
            new ServiceAddresses(objects, random),
            new RightsOfGranter(objects),
            secrets,
            webhooks,
            new Quotas(objects));
  }

  /** Lets every rule add to the object; refuses with an {@code ApiError}. */
  public void mutate(Attempt attempt) {
    rules.forEach(rule -> rule.mutate(attempt));
  }

  /** Lets every rule look at the finished object; refuses with an {@code ApiError}. */
  public void validate(Attempt attempt) {
    rules.forEach(rule -> rule.validate(attempt));
  }

  /** Tells every rule that the write is over, however it ended. */
  public void finish(Attempt attempt) {
    rules.forEach(rule -> rule.finish(attempt));
  }
}
