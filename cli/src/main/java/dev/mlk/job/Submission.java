package dev.mlk.job;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.JsonText;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resource;
import dev.mlk.manifest.Document;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings objects to the cluster, all or none: everything is tried without effect first, and what
 * was created is removed again when something fails later.
 */
public final class Submission {
  /**
   * One object that the cluster has now.
   *
   * @param resource its resource
   * @param object as the server returned it
   * @param created whether it was made now; else it was there already and stays as it is
   */
  public record Done(Resource resource, ObjectNode object, boolean created) {
    /** {@code tfjob.kubeflow.org/mnist}, as kubectl names objects. */
    public String reference() {
      String kind = resource.kind().toLowerCase(java.util.Locale.ROOT);
      String group = resource.group().isEmpty() ? "" : "." + resource.group();
      return kind + group + "/" + object.path("metadata").path("name").asString();
    }
  }

  private record Wanted(Document document, Resource resource, String namespace) {}

  private final ApiClient api;
  private final String namespace;
  private final KindLookup kinds;

  /** Brings objects to a namespace of this cluster. */
  public Submission(ApiClient api, String namespace) {
    this.api = api;
    this.namespace = namespace;
    this.kinds = new KindLookup(api);
  }

  /**
   * Tries every object on the server without effect and looks whether the pods could ever run.
   *
   * @throws Problem with all that is in the way
   */
  public List<Done> tryOut(List<Document> documents, boolean evenIfItNeverFits) {
    List<Wanted> wanted = wanted(documents);
    List<Done> answers = new ArrayList<>();
    List<String> refusals = new ArrayList<>();
    ApiException first = null;
    for (Wanted one : wanted) {
      try {
        answers.add(send(one, true));
      } catch (ApiException e) {
        if (e.notFound() && inNewNamespace(one, wanted)) {
          continue;
        }
        first = first == null ? e : first;
        refusals.add(one.document.place("metadata.name") + ": " + e.getMessage());
      }
    }
    if (first != null) {
      throw refused(first, refusals);
    }
    if (!evenIfItNeverFits) {
      fits(wanted);
    }
    return answers;
  }

  /**
   * A namespace that comes with the same file is not there yet, and nothing in it can be tried out.
   */
  private static boolean inNewNamespace(Wanted one, List<Wanted> wanted) {
    return wanted.stream()
        .anyMatch(
            other ->
                other.document.kind().equals("Namespace")
                    && other.document.name().equals(one.namespace));
  }

  /**
   * Creates the objects in order, after trying them; on a refusal takes back what it had created.
   *
   * @throws Problem with all that is in the way
   */
  public List<Done> create(List<Document> documents, boolean evenIfItNeverFits) {
    List<Wanted> wanted = wanted(documents);
    if (documents.size() > 1) {
      tryOut(documents, evenIfItNeverFits);
    } else if (!evenIfItNeverFits) {
      // One object is made or refused as a whole: trying it first would only cost a request.
      fits(wanted);
    }
    List<Done> done = new ArrayList<>();
    try {
      for (Wanted one : wanted) {
        done.add(send(one, false));
      }
      return done;
    } catch (ApiException e) {
      takeBack(done);
      throw refused(e, List.of(e.getMessage()));
    }
  }

  private void takeBack(List<Done> done) {
    for (Done one : done.reversed()) {
      if (one.created) {
        JsonNode metadata = one.object.path("metadata");
        api.deleteIfThere(
            one.resource,
            metadata.path("namespace").asString(""),
            metadata.path("name").asString());
      }
    }
  }

  private List<Wanted> wanted(List<Document> documents) {
    List<Wanted> all = new ArrayList<>();
    for (Document document : documents) {
      Resource resource = kinds.resource(document);
      String own = document.object().path("metadata").path("namespace").asString("");
      all.add(
          new Wanted(
              document, resource, resource.namespaced() ? own.isEmpty() ? namespace : own : ""));
    }
    return all;
  }

  private Done send(Wanted one, boolean dry) {
    Request request =
        Request.of("POST", one.resource.path(one.namespace))
            .query("fieldManager", "mlk")
            .query("fieldValidation", "Strict")
            .body("application/json", JsonText.bytes(one.document.object()));
    try {
      ObjectNode answer = api.call(dry ? request.query("dryRun", "All") : request);
      return new Done(one.resource, answer, true);
    } catch (ApiException e) {
      // What a job needs may well be there from the last time; the job itself may not.
      boolean companion = !one.document.kind().equals("TFJob");
      if (companion && e.reason().equals("AlreadyExists")) {
        return new Done(
            one.resource, api.get(one.resource, one.namespace, one.document.name()), false);
      }
      throw e;
    }
  }

  private static Problem refused(ApiException first, List<String> refusals) {
    Explanation explanation =
        Explanation.of("the cluster refused the objects; nothing was created").because(refusals);
    if (first.reason().equals("AlreadyExists")) {
      String name = first.status().path("details").path("name").asString("");
      return new Problem.Conflict(
          Explanation.of("a job of the name " + name + " exists already; nothing was created")
              .next("mlk tfjob get " + name)
              .next("mlk tfjob delete " + name)
              .next("the same command with --name OTHER"));
    }
    if (first.code() == 403) {
      boolean quota = first.getMessage().contains("exceeded quota");
      return quota
          ? new Problem.Unschedulable(explanation.next("kubectl describe resourcequota"))
          : new Problem.NotAllowed(
              explanation.next("ask for the right, or use another namespace with -n"));
    }
    if (first.notFound()) {
      return new Problem.NotFound(explanation.next("mlk cluster check"));
    }
    if (first.code() >= 500) {
      return new Problem.Unreachable(
          Explanation.of("the cluster could not take the objects; nothing was created")
              .because(refusals)
              .next("the same command again, when the cluster is well: mlk cluster check"));
    }
    return new Problem.BadInput(explanation);
  }

  private void fits(List<Wanted> wanted) {
    if (wanted.stream().noneMatch(one -> one.document.kind().equals("TFJob"))) {
      return;
    }
    Optional<List<JsonNode>> nodes = new Questions(api, namespace).nodes();
    if (nodes.isEmpty()) {
      return;
    }
    TreeSet<String> reasons = new TreeSet<>();
    for (Wanted one : wanted) {
      for (Job.Wanted type : new Job(one.document.object()).wanted()) {
        Fit.never(type.spec().path("template").path("spec"), nodes.get())
            .ifPresent(reason -> reasons.add(type.type() + " can never run here: " + reason));
      }
    }
    if (!reasons.isEmpty()) {
      throw new Problem.Unschedulable(
          Explanation.of("the job can never be scheduled in this cluster; nothing was created")
              .because(List.copyOf(reasons))
              .next("ask for less, such as --set worker.gpu=1")
              .next(
                  "--even-if-it-never-fits submits it all the same, where nodes are added on"
                      + " demand"));
    }
  }

  /** An empty object, for deletions with the kind's own defaults. */
  static ObjectNode nothing() {
    return JsonNodeFactory.instance.objectNode();
  }
}
