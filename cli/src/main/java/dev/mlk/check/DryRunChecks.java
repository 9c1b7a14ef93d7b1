package dev.mlk.check;

import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the server would refuse, found out without leaving anything: the requests of a real job with
 * {@code dryRun=All}. They go through validation, quotas and every admission webhook, so a webhook
 * that is out of reach, or whose certificate has ended, is found whatever its configuration says.
 */
final class DryRunChecks {
  private static final Pattern WEBHOOK = Pattern.compile("failed calling webhook \"([^\"]*)\"");
  private static final Pattern NO_DRY_RUN =
      Pattern.compile("admission webhook \"([^\"]*)\" does not support dry run");

  private DryRunChecks() {}

  static Check<Facts> job() {
    return new Check<>(
        "tfjob",
        "accepted",
        "a TFJob would be accepted (dry run)",
        facts -> look(facts, "a TFJob", Resources.TFJOBS, ProbeObjects::suspendedJob));
  }

  static Check<Facts> pod() {
    return new Check<>(
        "limits",
        "pod",
        "a worker's pod would be accepted (dry run)",
        facts -> look(facts, "a worker's pod", Resources.PODS, ProbeObjects::workerPod));
  }

  private static List<Verdict> look(
      Facts facts, String what, Resource resource, Supplier<ObjectNode> object) {
    return facts
        .dryRun(resource, object.get())
        .either(
            refusal ->
                List.of(
                    refusal
                        .map(e -> refused(what, e))
                        .orElseGet(() -> Verdict.pass(what + " would be accepted (dry run)"))),
            Verdict::unknown);
  }

  private static Verdict refused(String what, ApiException e) {
    if (e.notFound() && !namesNamespace(e)) {
      return Verdict.skip("the server has no TFJobs", OperatorChecks.DEFINE);
    }
    Optional<String> silent = named(NO_DRY_RUN, e);
    if (silent.isPresent()) {
      return Verdict.skip(
          "webhook " + silent.get() + " takes no dry run, so it is not known",
          "mlk cluster check --probe --only probe");
    }
    String seen = what + " would be refused: " + e.getMessage();
    Optional<String> webhook = named(WEBHOOK, e);
    if (webhook.isEmpty()) {
      return Verdict.fail("", seen, "it is accepted", "mlk cluster check --only limits,rights");
    }
    boolean certificate = e.getMessage().contains("x509") || e.getMessage().contains("certificate");
    return Verdict.fail(
        "webhook/" + webhook.get(),
        seen,
        certificate
            ? "the webhook's certificate is valid, and from the authority in its caBundle"
            : "the webhook answers: without it, what it guards is refused",
        certificate
            ? "renew the certificate that serves " + webhook.get() + ", and its caBundle"
            : "mlk cluster check --only systems.webhooks");
  }

  private static boolean namesNamespace(ApiException e) {
    return e.getMessage().contains("namespaces ");
  }

  private static Optional<String> named(Pattern pattern, ApiException e) {
    Matcher matcher = pattern.matcher(e.getMessage());
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
