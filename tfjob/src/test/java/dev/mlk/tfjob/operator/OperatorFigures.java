package dev.mlk.tfjob.operator;

import dev.mlk.tfjob.api.ConditionType;
import dev.mlk.tfjob.api.TfJobDefinition;
import dev.mlk.tfjob.testing.Eventually;
import dev.mlk.tfjob.testing.RealApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/**
 * Measures the operator against a real API server: latency on an idle cluster, 200 jobs at once,
 * requests for each job, heap. Run with the path of the server's program as the only argument.
 */
public final class OperatorFigures {
  private static final int ROUNDS = 9;
  private static final int MANY = 200;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final ConcurrentMap<String, Integer> requests = new ConcurrentHashMap<>();
  private final Map<String, List<Long>> latencies = new TreeMap<>();

  private OperatorFigures() {}

  /** Prints the figures. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    try (RealApiServer server = RealApiServer.start();
        KubernetesClient user = server.client()) {
      user.resource(TfJobDefinition.json()).serverSideApply();
      new OperatorFigures().measure(server, user);
    }
  }

  private void measure(RealApiServer server, KubernetesClient user)
      throws InterruptedException, ExecutionException {
    long start = System.nanoTime();
    try (KubernetesClient client =
            server
                .builder()
                .withHttpClientBuilderConsumer(
                    b -> b.addOrReplaceInterceptor("count", new Counter()))
                .build();
        TfJobOperator operator =
            TfJobOperator.start(client, OperatorConfig.defaults(), Clock.systemUTC())) {
      Eventually.within(PATIENCE, "the operator is ready", operator::ready);
      say("ready after " + millis(start) + " ms");
      latencies(user);
      say("idle heap " + heap() + " MB");
      many(user);
      say("heap with " + MANY + " jobs " + heap() + " MB");
    }
  }

  private void latencies(KubernetesClient user) {
    Stage stage = new Stage(user);
    for (int i = 0; i < ROUNDS; i++) {
      String name = "j" + i;
      long t = System.nanoTime();
      stage.submit(Manifests.job(name, "", Map.of("Worker", 2), "Never"));
      watch("pods", t, () -> stage.pod(name + "-worker-1") != null);
      watch("Created", t, () -> stage.status(name).is(ConditionType.CREATED));
      stage.run(name + "-worker-1");
      t = System.nanoTime();
      watch("Running", t, () -> stage.status(name).is(ConditionType.RUNNING));
      stage.end(name + "-worker-1", 1);
      t = System.nanoTime();
      watch("Failed", t, () -> stage.status(name).is(ConditionType.FAILED));
    }
    latencies.forEach(
        (what, times) -> {
          times.sort(null);
          say(
              "latency "
                  + what
                  + " median "
                  + times.get(ROUNDS / 2)
                  + " ms, max "
                  + times.getLast());
        });
  }

  private void watch(String what, long since, BooleanSupplier condition) {
    Eventually.within(PATIENCE, what, condition);
    latencies.computeIfAbsent(what, _ -> new ArrayList<>()).add(millis(since));
  }

  private void many(KubernetesClient user) throws InterruptedException, ExecutionException {
    Stage stage = new Stage(user);
    requests.clear();
    long cpu = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis();
    long start = System.nanoTime();
    try (ExecutorService senders = Executors.newFixedThreadPool(4)) {
      List<Future<?>> sent = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        String job = Manifests.job("m" + i, "", Map.of("Worker", 2, "PS", 1), "OnFailure");
        sent.add(senders.submit(() -> stage.submit(job)));
      }
      for (Future<?> one : sent) {
        one.get();
      }
    }
    say("submitted after " + millis(start) + " ms");
    Eventually.within(
        PATIENCE,
        "all are there",
        () -> stage.pods().size() == 3 * MANY && stage.services().size() == 3 * MANY);
    say("pods and services after " + millis(start) + " ms");
    Eventually.within(PATIENCE, "no more requests", this::quiet);
    long used = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() - cpu;
    say("quiet after " + millis(start) + " ms; CPU of operator and sender " + used + " ms");
    say("requests for each job: " + perJob());
  }

  private boolean quiet() {
    int before = requests.values().stream().mapToInt(Integer::intValue).sum();
    java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
    return before == requests.values().stream().mapToInt(Integer::intValue).sum();
  }

  private Map<String, Double> perJob() {
    Map<String, Double> all = new TreeMap<>();
    requests.forEach((what, count) -> all.put(what, count / (double) MANY));
    return all;
  }

  private static long heap() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed() / (1024 * 1024);
  }

  private static long millis(long since) {
    return (System.nanoTime() - since) / 1_000_000;
  }

  private static void say(String line) {
    System.out.println(line);
  }

  private final class Counter implements Interceptor {
    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
      String path = request.uri().getPath();
      String[] words = path.split("/", -1);
      String last = words[words.length - 1];
      boolean collection = last.equals("pods") || last.equals("services") || last.equals("events");
      requests.merge(
          request.method() + " " + (collection || last.equals("status") ? last : "object"),
          1,
          Integer::sum);
    }
  }
}
