package dev.mlk.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.app.App;
import dev.mlk.console.TestConsole;
import dev.mlk.format.Json;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.practice.PracticeCluster;
import dev.mlk.practice.PracticeConfig;
import dev.mlk.tfjob.api.TfJobDefinition;
import dev.mlk.tfjob.operator.OperatorConfig;
import dev.mlk.tfjob.operator.TfJobOperator;
import dev.mlk.tfjob.testing.Eventually;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A practice cluster at a clock of the test's, which plays scheduler and kubelet by hand. */
final class PlayedCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final PracticeCluster cluster;
  private final ApiClient api;
  private final Clock clock;
  private final Path folder;
  private KubernetesClient client;
  private TfJobOperator operator;

  private PlayedCluster(Path folder, PracticeCluster cluster, Clock clock) {
    this.folder = folder;
    this.cluster = cluster;
    this.api = new ApiClient(cluster.transport(), "test");
    this.clock = clock;
  }

  static PlayedCluster start(Path folder, Clock clock) throws IOException {
    PlayedCluster played =
        new PlayedCluster(
            folder,
            PracticeCluster.start(
                PracticeConfig.of("played", folder.resolve("cluster")).clock(clock)),
            clock);
    played.api.create(Resources.CUSTOM_RESOURCES, "", TfJobDefinition.tree());
    Eventually.within(
        PATIENCE,
        "TFJob is served",
        () ->
            !played
                .api
                .get(Resources.CUSTOM_RESOURCES, "", TfJobDefinition.NAME)
                .path("status")
                .path("conditions")
                .isEmpty());
    return played;
  }

  ApiClient api() {
    return api;
  }

  void startOperator() {
    Config config = Config.fromKubeconfig(cluster.kubeconfig());
    config.setOnlyHttpWatches(true);
    client =
        new KubernetesClientBuilder()
            .withConfig(config)
            .withHttpClientFactory(new JdkHttpClientFactory())
            .build();
    operator = TfJobOperator.start(client, OperatorConfig.defaults(), clock);
  }

  void stopOperator() {
    operator.close();
    client.close();
  }

  void node(String name, String model) {
    JsonNode node =
        yaml(
            "{apiVersion: v1, kind: Node, metadata: {name: %s, labels: {nvidia.com/gpu.product: %s}}}"
                .formatted(name, model));
    api.create(Resources.NODES, "", node);
  }

  /** A job of workers that each want GPUs, half a CPU and a GiB. */
  void submit(String name, int workers, int gpus, String labels) {
    api.create(
        Resources.TFJOBS,
        "default",
        yaml(
            """
            apiVersion: kubeflow.org/v1
            kind: TFJob
            metadata: {name: %s, labels: {%s}}
            spec:
              tfReplicaSpecs:
                Worker:
                  replicas: %d
                  restartPolicy: OnFailure
                  template:
                    spec:
                      schedulerName: nobody
                      tolerations: [{operator: Exists}]
                      containers:
                      - name: tensorflow
                        image: mlk/mnist
                        resources:
                          limits: {nvidia.com/gpu: %d, cpu: 500m, memory: 1Gi}
            """
                .formatted(name, labels, workers, gpus)));
  }

  static JsonNode yaml(String text) {
    return JsonMapper.shared()
        .valueToTree(new Load(LoadSettings.builder().build()).loadFromString(text));
  }

  void suspend(String job, boolean suspended) {
    ObjectNode patch = Json.object();
    patch.putObject("spec").putObject("runPolicy").put("suspend", suspended);
    api.patch(Resources.TFJOBS.path("default", job), ApiClient.PatchType.MERGE, patch);
  }

  /** Waits until a pod is there; returns its uid. */
  String uid(String pod) {
    await(pod + " is there", () -> api.find(Resources.PODS, "default", pod).isPresent());
    return api.get(Resources.PODS, "default", pod).path("metadata").path("uid").asString("");
  }

  /** As the scheduler does. */
  String bind(String pod, String node) {
    String uid = uid(pod);
    bindOnly(api, pod, node);
    recorded(uid, "scheduled");
    return uid;
  }

  /** The same of a pod that no operator writes down. */
  static void bindOnly(ApiClient api, String pod, String node) {
    ObjectNode binding = Json.object().put("apiVersion", "v1").put("kind", "Binding");
    binding.putObject("metadata").put("name", pod);
    binding.putObject("target").put("apiVersion", "v1").put("kind", "Node").put("name", node);
    api.call(
        Request.of("POST", Resources.PODS.path("default", pod, "binding"))
            .body("application/json", binding.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /** As the kubelet does when the container has started, for the first time or again. */
  void run(String pod, int restarts) {
    ObjectNode status = Json.object().put("phase", "Running");
    ObjectNode container = container(status, restarts);
    container.putObject("state").putObject("running").put("startedAt", time());
    if (restarts > 0) {
      ObjectNode last = container.putObject("lastState").putObject("terminated");
      last.put("exitCode", 1).put("startedAt", time()).put("finishedAt", time());
    }
    status(pod, status);
    recorded(uid(pod), "running");
  }

  /** As the kubelet does when the container has ended for good. */
  void end(String pod, int exitCode) {
    ObjectNode status = Json.object().put("phase", exitCode == 0 ? "Succeeded" : "Failed");
    ObjectNode terminated = container(status, 0).putObject("state").putObject("terminated");
    terminated.put("exitCode", exitCode).put("finishedAt", time());
    status(pod, status);
  }

  private static ObjectNode container(ObjectNode status, int restarts) {
    ObjectNode container = status.putArray("containerStatuses").addObject();
    container.put("name", "tensorflow").put("image", "i").put("imageID", "").put("ready", true);
    return container.put("restartCount", restarts);
  }

  private void status(String pod, ObjectNode status) {
    ObjectNode patch = Json.object();
    patch.set("status", status);
    api.patch(Resources.PODS.path("default", pod, "status"), ApiClient.PatchType.MERGE, patch);
  }

  private String time() {
    return clock.instant().toString();
  }

  /** As the kubelet does when it begins to stop a pod's container. */
  void killing(String pod, String uid) {
    ObjectNode event = Json.object().put("apiVersion", "v1").put("kind", "Event");
    event.putObject("metadata").put("name", pod + ".killing").put("namespace", "default");
    event.put("reason", "Killing").put("lastTimestamp", time()).put("type", "Normal");
    ObjectNode about = event.putObject("involvedObject").put("kind", "Pod").put("name", pod);
    about.put("namespace", "default").put("uid", uid);
    api.create(Resources.EVENTS, "default", event);
  }

  /** Takes an object out of the API at once. */
  void remove(Resource resource, String name) {
    try {
      api.delete(resource, "default", name, Json.object().put("gracePeriodSeconds", 0));
    } catch (ApiException e) {
      assertThat(e.notFound()).isTrue();
    }
    await(name + " is gone", () -> api.find(resource, "default", name).isEmpty());
  }

  /** Waits until a pod's entry in the ledger has a member. */
  void recorded(String uid, String member) {
    if (client == null) {
      return;
    }
    await(
        uid + " is recorded as " + member,
        () -> entry(uid).filter(entry -> entry.has(member)).isPresent());
  }

  /** What the ledger says of a pod: as ended, where it says so. */
  Optional<JsonNode> entry(String uid) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode map : ledger()) {
      JsonNode text = map.path("data").path(uid);
      if (text.isString()) {
        found.add(Json.read(text.stringValue()));
      }
    }
    return found.stream()
        .filter(e -> e.has("ended"))
        .findFirst()
        .or(() -> found.stream().findFirst());
  }

  List<JsonNode> ledger() {
    return api.list(Resources.CONFIG_MAPS, "default", Map.of("labelSelector", "mlk.dev/usage"))
        .path("items")
        .valueStream()
        .toList();
  }

  void await(String what, BooleanSupplier condition) {
    Eventually.within(PATIENCE, what, condition);
  }

  /** Runs a command at the cluster's time. */
  String mlk(TestConsole console, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--kubeconfig", cluster.kubeconfigFile().toString()));
    App app = new App(console.console(), Map.of("HOME", folder.toString()), folder, clock);
    int code = app.run(all.toArray(String[]::new));
    assertThat(code).as(console.err()).isZero();
    return console.out();
  }

  JsonNode usage(String... arguments) {
    List<String> all = new ArrayList<>(List.of("usage", "-o", "json"));
    all.addAll(List.of(arguments));
    return Json.read(mlk(TestConsole.pipe(), all.toArray(String[]::new)));
  }

  @Override
  public void close() {
    cluster.close();
  }
}
