package dev.mlk.job;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resources;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a job's diagnosis means for the exit code, with the last lines of the replica that is to
 * blame.
 */
final class Ending {
  private static final int LAST_LINES = 8;

  private Ending() {}

  /**
   * The problem behind a verdict that waiting does not change; the last lines of the log go with a
   * failure.
   */
  static Problem problem(ApiClient api, Job job, Diagnosis diagnosis) {
    Explanation explanation = Explanation.of(sentence(diagnosis));
    if (!diagnosis.cause().isEmpty()) {
      explanation = explanation.because(diagnosis.cause());
    }
    boolean ran =
        diagnosis.verdict() == Verdict.FAILED || diagnosis.verdict() == Verdict.OUT_OF_MEMORY;
    if (ran && diagnosis.replica() != null) {
      explanation = explanation.because(lastLines(api, job, diagnosis.replica()));
    }
    explanation = explanation.next(diagnosis.next());
    return switch (diagnosis.verdict()) {
      case FAILED, CONFIGURATION, WAITING, SUSPENDED, RUNNING, SUCCEEDED ->
          new Problem.Failed(explanation);
      case OUT_OF_MEMORY -> new Problem.OutOfMemory(explanation);
      case IMAGE -> new Problem.ImagePull(explanation);
      case NEVER_FITS, OVER_QUOTA -> new Problem.Unschedulable(explanation);
    };
  }

  private static String sentence(Diagnosis diagnosis) {
    String text = diagnosis.sentence();
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  /** The last lines of a replica's log, prefixed; none when it has none any more. */
  static List<String> lastLines(ApiClient api, Job job, Replica replica) {
    boolean restarted =
        !replica.container().path("state").has("terminated") && replica.restarts() > 0;
    Request request =
        Request.of("GET", Resources.PODS.path(job.namespace(), replica.podName(), "log"))
            .query("container", replica.containerName())
            .query("tailLines", String.valueOf(LAST_LINES))
            .query("previous", String.valueOf(restarted));
    try (Reply reply = api.open(request)) {
      String text = new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().map(line -> replica.name() + " | " + line).toList();
    } catch (ApiException | IOException | UncheckedIOException e) {
      return List.of();
    }
  }
}
