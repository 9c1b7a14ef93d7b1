package dev.mlk.benchmarks;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resources;
import dev.mlk.practice.PracticeCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An API server in this process, without nodes, with so many pods; reached without a network. */
@State(Scope.Benchmark)
public class Cluster {
  /** How many pods there are; each hundredth has the label {@code shard=7}. */
  @Param("5000")
  public int pods;

  private PracticeCluster cluster;
  private ApiClient client;

  /** Starts it and creates the pods. */
  @Setup(Level.Trial)
  public void start() {
    cluster = PracticeCluster.start(config -> config.nodes(0));
    client = new ApiClient(cluster.transport(), "benchmark");
    for (int i = 0; i < pods; i++) {
      client.create(Resources.PODS, "default", pod(i));
    }
  }

  /** Stops it. */
  @TearDown(Level.Trial)
  public void stop() {
    cluster.close();
  }

  /** A client with all rights. */
  ApiClient client() {
    return client;
  }

  /** Reads a whole answer and returns its length in bytes. */
  long length(Request request) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long length = 0;
    try (Reply reply = client.open(request)) {
      for (int count = reply.body().read(buffer); count >= 0; count = reply.body().read(buffer)) {
        length += count;
      }
    }
    return length;
  }

  /** JSON as it is. */
  static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A worker as an operator writes it, for a scheduler that is not there. */
  private static ObjectNode pod(int number) {
    return json(
        """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"NAME","namespace":"default",
         "labels":{"app":"bench","shard":"SHARD","training.kubeflow.org/job-name":"NAME"}},
         "spec":{"schedulerName":"nobody","restartPolicy":"Never","containers":[{"name":"tensorflow","image":"mlk/mnist:0.1",
          "command":["mnist"],"args":["--steps=1000","--batch=100"],"ports":[{"name":"tfjob-port","containerPort":2222}],
          "env":[{"name":"TF_CONFIG","value":"{\\"cluster\\":{\\"worker\\":[\\"NAME-0.default.svc:2222\\"]},\\"task\\":{\\"type\\":\\"worker\\",\\"index\\":0}}"}],
          "resources":{"requests":{"cpu":"500m","memory":"1Gi"},"limits":{"nvidia.com/gpu":"1"}}}]}}
        """
            .replace("NAME", "pod-" + number)
            .replace("SHARD", Integer.toString(number % 100)));
  }
}
