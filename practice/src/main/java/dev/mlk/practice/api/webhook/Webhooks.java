package dev.mlk.practice.api.webhook;

import dev.mlk.kube.Resource;
import dev.mlk.practice.api.admission.Attempt;
import dev.mlk.practice.api.admission.Rule;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.status.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks the validating webhooks that are about a write, all at once. */
public final class Webhooks implements Rule {
  private static final String GROUP = "admissionregistration.k8s.io";
  private static final Resource CONFIGURATIONS =
      Resource.cluster(
          GROUP, "v1", "validatingwebhookconfigurations", "ValidatingWebhookConfiguration");

  private final Objects objects;
  private final Matching matching;
  private final Services services;

  /** The webhooks that are configured at the time of each write. */
  public Webhooks(Objects objects) {
    this.objects = objects;
    this.matching = new Matching(objects);
    this.services = new Services(objects);
  }

  /**
   * What is to be asked.
   *
   * @param webhook the webhook
   * @param review what it is sent
   */
  private record Question(JsonNode webhook, ObjectNode review) {}

  @Override
  public void validate(Attempt attempt) {
    List<ObjectNode> configurations = objects.list(CONFIGURATIONS, "");
    // Whoever locked themselves out by a webhook must be able to change it.
    if (configurations.isEmpty() || attempt.served().resource().group().equals(GROUP)) {
      return;
    }
    List<Question> questions = new ArrayList<>();
    for (ObjectNode configuration : configurations) {
      for (JsonNode webhook : configuration.path("webhooks")) {
        question(attempt, webhook).ifPresent(questions::add);
      }
    }
    ask(attempt, questions);
  }

  private Optional<Question> question(Attempt attempt, JsonNode webhook) {
    Optional<Resource> as = matching.resource(webhook, attempt);
    if (as.isEmpty() || !matching.selected(webhook, attempt)) {
      return Optional.empty();
    }
    ObjectNode review = Review.of(attempt, as.get());
    return matching.conditions(webhook, attempt, review.path("request"))
        ? Optional.of(new Question(webhook, review))
        : Optional.empty();
  }

  private void ask(Attempt attempt, List<Question> questions) {
    if (questions.isEmpty()) {
      return;
    }
    List<Future<List<String>>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Question question : questions) {
        answers.add(threads.submit(() -> answer(question)));
      }
    }
    ApiError refusal = null;
    for (Future<List<String>> answer : answers) {
      try {
        attempt.warnings().addAll(answer.get());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw ApiError.internal("interrupted while webhooks were asked");
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof Refusal why)) {
          throw new IllegalStateException("a webhook could not be asked", e.getCause());
        }
        attempt.warnings().addAll(why.warnings());
        refusal = refusal == null ? why.error() : refusal;
      }
    }
    if (refusal != null) {
      throw refusal;
    }
  }

  /** A webhook's warnings when it has nothing against the write. */
  private List<String> answer(Question question) throws Refusal {
    JsonNode webhook = question.webhook();
    String name = webhook.path("name").asString("");
    try {
      JsonNode answer = new WebhookCall(webhook, services).send(question.review());
      return Review.judge(name, question.review(), answer);
    } catch (CallException e) {
      if (webhook.path("failurePolicy").asString("").equals("Ignore")) {
        return List.of();
      }
      throw new Refusal(
          ApiError.internal("failed calling webhook \"" + name + "\": " + e.getMessage()),
          List.of());
    }
  }
}
