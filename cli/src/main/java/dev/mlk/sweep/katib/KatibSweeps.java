package dev.mlk.sweep.katib;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resource;
import dev.mlk.sweep.store.KnownSweep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Katib's experiments in a namespace, where Katib is. */
public final class KatibSweeps {
  private static final Resource EXPERIMENTS =
      Resource.namespaced("kubeflow.org", "v1beta1", "experiments", "Experiment");
  private static final Resource TRIALS =
      Resource.namespaced("kubeflow.org", "v1beta1", "trials", "Trial");
  private static final String EXPERIMENT_LABEL = "katib.kubeflow.org/experiment";
  private final ApiClient api;
  private final String namespace;

  /** The experiments of a namespace. */
  public KatibSweeps(ApiClient api, String namespace) {
    this.api = api;
    this.namespace = namespace;
  }

  /** The experiment of that name, if there is one. */
  public Optional<KnownSweep> find(String name) {
    return there(() -> api.find(EXPERIMENTS, namespace, name).map(this::read));
  }

  /** All of them. */
  public List<KnownSweep> list() {
    List<KnownSweep> all = new ArrayList<>();
    there(
        () -> {
          api.list(EXPERIMENTS, namespace, Map.of())
              .path("items")
              .forEach(experiment -> all.add(read(experiment)));
          return Optional.empty();
        });
    return all;
  }

  /** What an answer says; nothing where there is no Katib, or it may not be looked at. */
  private static Optional<KnownSweep> there(Supplier<Optional<KnownSweep>> question) {
    try {
      return question.get();
    } catch (ApiException e) {
      if (e.notFound() || e.code() == 403) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private KnownSweep read(JsonNode experiment) {
    String name = experiment.path("metadata").path("name").asString("");
    List<JsonNode> trials = new ArrayList<>();
    api.list(TRIALS, namespace, Map.of("labelSelector", EXPERIMENT_LABEL + "=" + name))
        .path("items")
        .forEach(trials::add);
    return new ExperimentReader(experiment, trials, api).read();
  }
}
