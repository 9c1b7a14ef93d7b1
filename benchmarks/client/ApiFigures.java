import dev.mlk.kube.ApiException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an API server does, as figures: {@code ApiFigures SERVER CA CERTIFICATE KEY PIDS}. Prints
 * {@code NAME=VALUE} lines. {@code benchmarks/api} runs it against two servers and makes a table.
 */
final class ApiFigures {
  private static final Duration TIME = Duration.ofSeconds(4);
  private static final int MANY = 50;
  private static final int PODS = 5_000;
  private static final int JOBS = 1_000;
  private static final String PODS_PATH = "/api/v1/namespaces/default/pods";
  private static final String MAPS_PATH = "/api/v1/namespaces/default/configmaps";
  private static final String DEFINITIONS =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final String JOBS_PATH = "/apis/bench.mlk.dev/v1/namespaces/default/benchjobs";
  private static final String TRAINING_PATH = "/apis/kubeflow.org/v1/namespaces/default/tfjobs";
  private final Target target;
  private final Map<String, Object> figures = new LinkedHashMap<>();

  private ApiFigures(Target target) {
    this.target = target;
  }

  public static void main(String[] words) throws Exception {
    List<Long> processes = Arrays.stream(words[4].split(",", -1)).map(Long::valueOf).toList();
    Target target =
        Target.of(
            URI.create(words[0]),
            Path.of(words[1]),
            Path.of(words[2]),
            Path.of(words[3]),
            processes);
    Set<String> parts =
        words.length > 5
            ? new TreeSet<>(List.of(words[5].split(",", -1)))
            : Set.of("writes", "lists", "watches", "jobs");
    new ApiFigures(target).run(parts);
    System.exit(0);
  }

  private void run(Set<String> parts) throws InterruptedException {
    note("memory, empty", target.resident());
    Loop.rate(8, Duration.ofSeconds(2), (_, _) -> target.send("GET", "/version", ""));
    note("GET /version, 8 clients", rate(8, (_, _) -> target.send("GET", "/version", "")));
    if (parts.contains("writes")) {
      updates();
    }
    if (parts.contains("writes") || parts.contains("lists")) {
      pods();
    }
    if (parts.contains("lists")) {
      lists();
    }
    if (parts.contains("watches")) {
      WatchLatency.measure(target, 1);
      note("watch latency, 1 watcher", WatchLatency.measure(target, 2));
      note("watch latency, 50 watchers", WatchLatency.measure(target, MANY));
    }
    if (parts.contains("jobs")) {
      jobs();
    }
    if (parts.contains("tfjobs")) {
      trainingJobs();
    }
  }

  /** Requests per second, and what each costs the server. */
  private String rate(int clients, Loop.Step step) {
    return costed(() -> Loop.rate(clients, TIME, step));
  }

  private String rate(int clients, long requests, Loop.Step step) {
    return costed(() -> Loop.rate(clients, requests, step));
  }

  private String costed(DoubleSupplier rate) {
    long start = System.nanoTime();
    double before = target.processorSeconds();
    double perSecond = rate.getAsDouble();
    double requests = perSecond * (System.nanoTime() - start) / 1e9;
    double milliseconds = (target.processorSeconds() - before) * 1000 / requests;
    return String.format("%.0f (%.2f)", perSecond, milliseconds);
  }

  private void note(String name, Object figure) {
    figures.put(name, figure);
    System.out.println(name + "=" + figure);
  }

  private void updates() {
    for (int i = 0; i < MANY; i++) {
      target.send("POST", MAPS_PATH, map("own-" + i));
    }
    target.send("POST", MAPS_PATH, map("shared"));
    Loop.rate(MANY, Duration.ofSeconds(3), (client, number) -> replace("own-" + client, number));
    note("PUT, 1 client", rate(1, (client, number) -> replace("own-" + client, number)));
    note("PUT, 50 clients", rate(MANY, (client, number) -> replace("own-" + client, number)));
    note(
        "PATCH, 50 clients",
        rate(
            MANY,
            (client, number) ->
                target.patch(
                    MAPS_PATH + "/own-" + client, "{\"data\":{\"n\":\"" + number + "\"}}")));
    Map<Integer, Integer> own = new ConcurrentHashMap<>();
    String tries =
        rate(
            MANY,
            (client, _) -> {
              if (increment()) {
                own.merge(client, 1, Integer::sum);
              }
            });
    int sum = own.values().stream().mapToInt(value -> value).sum();
    int found =
        Integer.parseInt(
            tree(target.send("GET", MAPS_PATH + "/shared", "")).path("data").path("n").asString());
    if (sum != found) {
      throw new IllegalStateException(
          "lost updates: " + sum + " were acknowledged, " + found + " are there");
    }
    note("conflicting increments, 50 clients", sum / TIME.toSeconds());
    note("of so many tries", tries);
  }

  private void replace(String name, long number) {
    target.send(
        "PUT",
        MAPS_PATH + "/" + name,
        map(name).replace("\"n\":\"0\"", "\"n\":\"" + number + "\""));
  }

  /** Reads, adds one, writes; false when somebody was faster. */
  private boolean increment() {
    ObjectNode now = (ObjectNode) tree(target.send("GET", MAPS_PATH + "/shared", ""));
    ObjectNode data = (ObjectNode) now.path("data");
    data.put("n", Integer.toString(Integer.parseInt(data.path("n").asString()) + 1));
    try {
      target.send("PUT", MAPS_PATH + "/shared", now.toString());
      return true;
    } catch (ApiException e) {
      if (e.conflict()) {
        return false;
      }
      throw e;
    }
  }

  private void pods() {
    Loop.rate(MANY, 300L, (_, number) -> target.send("POST", PODS_PATH, pod("warm-" + number)));
    note(
        "create pods, 1 client",
        rate(1, 700L, (_, number) -> target.send("POST", PODS_PATH, pod("one-" + number))));
    note(
        "create pods, 50 clients",
        rate(
            MANY,
            PODS - 1000L,
            (_, number) -> target.send("POST", PODS_PATH, pod("many-" + number))));
    note("memory, 5,000 pods", target.resident());
  }

  private void lists() {
    String everything = PODS_PATH;
    for (int i = 0; i < 3; i++) {
      target.send("GET", everything, "");
    }
    note(
        "list 5,000 pods, MiB",
        String.format("%.1f", target.send("GET", everything, "").length / 1048576.0));
    note("list 5,000 pods, ms", median(() -> target.send("GET", everything, "")));
    note("list 5,000 pods, gzip, ms", median(() -> target.getZipped(everything)));
    note("list in pages of 500, ms", median(this::pages));
    note(
        "list by label, 50 of 5,000, ms",
        median(() -> target.send("GET", everything + "?labelSelector=shard=7", "")));
    note(
        "list by field, none of 5,000, ms",
        median(() -> target.send("GET", everything + "?fieldSelector=spec.nodeName=none", "")));
    note(
        "GET one pod, 50 clients",
        rate(MANY, (_, number) -> target.send("GET", PODS_PATH + "/many-" + number % 1000, "")));
    note("memory, after lists", target.resident());
  }

  private void pages() {
    String next = "";
    do {
      String query = "?limit=500" + (next.isEmpty() ? "" : "&continue=" + next);
      next =
          tree(target.send("GET", PODS_PATH + query, ""))
              .path("metadata")
              .path("continue")
              .asString("");
    } while (!next.isEmpty());
  }

  private String median(Runnable action) {
    List<Double> times = new ArrayList<>();
    double before = target.processorSeconds();
    for (int i = 0; i < 9; i++) {
      long start = System.nanoTime();
      action.run();
      times.add((System.nanoTime() - start) / 1e6);
    }
    double milliseconds = (target.processorSeconds() - before) * 1000 / times.size();
    times.sort(null);
    return String.format("%.0f (%.0f)", times.get(times.size() / 2), milliseconds);
  }

  /** A thousand custom objects and three pods for each. */
  private void jobs() throws InterruptedException {
    target.send("POST", DEFINITIONS, DEFINITION);
    awaitServed();
    note(
        "create custom objects, 50 clients",
        rate(
            MANY,
            (long) JOBS,
            (_, number) -> target.send("POST", JOBS_PATH, job("job-" + number))));
    Loop.rate(
        MANY,
        3L * JOBS,
        (_, number) -> target.send("POST", PODS_PATH, pod("job-" + number / 3 + "-" + number % 3)));
    note("list 1,000 custom objects, ms", median(() -> target.send("GET", JOBS_PATH, "")));
    note("memory, 1,000 jobs and 8,000 pods", target.resident());
  }

  /** A thousand real jobs of three pods each, run by operator, scheduler and node agent. */
  private void trainingJobs() throws InterruptedException {
    long start = System.nanoTime();
    note(
        "create TFJobs, 50 clients",
        rate(
            MANY,
            (long) JOBS,
            (_, number) -> target.send("POST", TRAINING_PATH, trainingJob("train-" + number))));
    long most = target.resident();
    while (succeeded() < JOBS) {
      // What is measured takes minutes; to ask more often than each second would add to its work.
      Thread.sleep(1000);
      most = Math.max(most, target.resident());
      if (System.nanoTime() - start > Duration.ofMinutes(8).toNanos()) {
        throw new IllegalStateException(
            "only " + succeeded() + " of " + JOBS + " jobs have succeeded");
      }
    }
    note("1,000 TFJobs done, s", (System.nanoTime() - start) / 1_000_000_000);
    JsonNode pods = tree(target.send("GET", PODS_PATH, "")).path("items");
    long done =
        pods.valueStream()
            .filter(pod -> pod.path("status").path("phase").asString("").equals("Succeeded"))
            .count();
    if (pods.size() != 3 * JOBS || done != 3 * JOBS) {
      throw new IllegalStateException(
          pods.size() + " pods, " + done + " of them succeeded, instead of 3 for each job");
    }
    note("their pods, each succeeded once", done);
    note("memory, most while they ran", most);
    note("memory, 1,000 TFJobs done", target.resident());
  }

  private int succeeded() {
    int count = 0;
    for (JsonNode job : tree(target.send("GET", TRAINING_PATH, "")).path("items")) {
      for (JsonNode condition : job.path("status").path("conditions")) {
        boolean good = condition.path("type").asString().equals("Succeeded");
        count += good && condition.path("status").asString().equals("True") ? 1 : 0;
      }
    }
    return count;
  }

  private void awaitServed() throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      try {
        target.send("GET", JOBS_PATH, "");
        return;
      } catch (ApiException e) {
        // Outside what is timed: once a definition is served, no figure waits for it any more.
        Thread.sleep(100);
      }
    }
    throw new IllegalStateException("the custom kind is not served");
  }

  private static JsonNode tree(byte[] bytes) {
    return JsonMapper.shared().readTree(bytes);
  }

  private static String map(String name) {
    return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\""
        + name
        + "\",\"namespace\":\"default\"},\"data\":{\"n\":\"0\",\"text\":\""
        + "x".repeat(200)
        + "\"}}";
  }

  /** A worker of a job as an operator writes it, for a scheduler that is not there. */
  private static String pod(String name) {
    return """
    {"apiVersion":"v1","kind":"Pod","metadata":{"name":"NAME","namespace":"default",
     "labels":{"app":"bench","shard":"SHARD","training.kubeflow.org/job-name":"NAME","training.kubeflow.org/replica-type":"worker"}},
     "spec":{"schedulerName":"nobody","restartPolicy":"Never","containers":[{"name":"tensorflow","image":"mlk/mnist:0.1",
      "command":["mnist"],"args":["--steps=1000","--batch=100"],
      "env":[{"name":"TF_CONFIG","value":"{\\"cluster\\":{\\"worker\\":[\\"NAME-0.default.svc:2222\\",\\"NAME-1.default.svc:2222\\"]},\\"task\\":{\\"type\\":\\"worker\\",\\"index\\":0}}"},
             {"name":"POD_NAME","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"}}}],
      "ports":[{"name":"tfjob-port","containerPort":2222}],
      "resources":{"requests":{"cpu":"500m","memory":"1Gi"},"limits":{"nvidia.com/gpu":"1"}},
      "volumeMounts":[{"name":"data","mountPath":"/data"}]}],
      "volumes":[{"name":"data","emptyDir":{}}]}}
    """
        .replace("NAME", name)
        .replace("SHARD", Integer.toString(Math.floorMod(name.hashCode(), 100)));
  }

  private static String job(String name) {
    return """
    {"apiVersion":"bench.mlk.dev/v1","kind":"BenchJob","metadata":{"name":"NAME","namespace":"default"},
     "spec":{"replicas":{"worker":{"count":3,"template":{"spec":{"containers":[{"name":"tensorflow","image":"mlk/simulated",
      "args":["--steps=1000"],"resources":{"limits":{"nvidia.com/gpu":"1"}}}]}}}}}}
    """
        .replace("NAME", name);
  }

  /** All of its pods must succeed; they stay, so that they can be counted. */
  private static String trainingJob(String name) {
    String replica =
        """
        {"replicas":COUNT,"restartPolicy":"Never","template":{"spec":{"containers":[{"name":"tensorflow","image":"mlk/simulated",
         "args":["--duration=2s"],"resources":{"requests":{"cpu":"10m","memory":"16Mi"}}}]}}}\
        """;
    return """
    {"apiVersion":"kubeflow.org/v1","kind":"TFJob","metadata":{"name":"NAME","namespace":"default"},
     "spec":{"successPolicy":"AllWorkers","runPolicy":{"cleanPodPolicy":"None"},"tfReplicaSpecs":{"Worker":WORKERS}}}
    """
        .replace("NAME", name)
        .replace("WORKERS", replica.replace("COUNT", "3"));
  }

  private static final String DEFINITION =
      """
      {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"benchjobs.bench.mlk.dev"},
       "spec":{"group":"bench.mlk.dev","scope":"Namespaced","names":{"plural":"benchjobs","singular":"benchjob","kind":"BenchJob","listKind":"BenchJobList"},
        "versions":[{"name":"v1","served":true,"storage":true,"subresources":{"status":{}},"schema":{"openAPIV3Schema":{"type":"object","properties":{
         "spec":{"type":"object","x-kubernetes-preserve-unknown-fields":true},
         "status":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}}}]}}
      """;
}
