package dev.mlk.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.format.Json;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * GPUs that a driver of dynamic resource allocation gives out, which pods hold by claims and not by
 * requests: of a pod that is there, and of one that is gone with its claim.
 */
final class UsageClaimsTest {
  private static final Resource SLICES =
      Resource.cluster("resource.k8s.io", "v1", "resourceslices", "ResourceSlice");
  private static final Resource CLAIMS =
      Resource.namespaced("resource.k8s.io", "v1", "resourceclaims", "ResourceClaim");

  private static final String SLICE =
      """
      apiVersion: resource.k8s.io/v1
      kind: ResourceSlice
      metadata: {name: dra-1-x}
      spec:
        driver: gpu.nvidia.com
        nodeName: dra-1
        pool: {name: dra-1, generation: 1, resourceSliceCount: 1}
        devices:
        - {name: gpu-0, attributes: {type: {string: gpu}, productName: {string: NVIDIA H100}}}
        - {name: gpu-1, attributes: {type: {string: gpu}, productName: {string: NVIDIA H100}}}
        - {name: gpu-2, attributes: {type: {string: gpu}, productName: {string: NVIDIA H100}}}
      """;

  private static final String JOB =
      """
      apiVersion: kubeflow.org/v1
      kind: TFJob
      metadata: {name: two}
      spec:
        tfReplicaSpecs:
          Worker:
            replicas: 1
            template:
              spec:
                schedulerName: nobody
                tolerations: [{operator: Exists}]
                resourceClaims: [{name: gpus, resourceClaimName: of-two}]
                containers:
                - name: tensorflow
                  image: mlk/mnist
                  resources: {claims: [{name: gpus}]}
      """;

  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: notebook}
      spec:
        schedulerName: nobody
        tolerations: [{operator: Exists}]
        resourceClaims: [{name: gpu, resourceClaimName: of-notebook}]
        containers: [{name: tensorflow, image: mlk/mnist, resources: {claims: [{name: gpu}]}}]
      """;

  @TempDir private Path folder;

  @Test
  void whatClaimsHoldIsCountedWhileTheyAreThereAndAfterwards() throws IOException {
    SetClock clock =
        new SetClock(Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(2, ChronoUnit.DAYS));
    try (PlayedCluster cluster = PlayedCluster.start(folder, clock)) {
      kinds(cluster);
      cluster
          .api()
          .create(
              Resources.NODES,
              "",
              PlayedCluster.yaml("{apiVersion: v1, kind: Node, metadata: {name: dra-1}}"));
      create(cluster, SLICES, "", SLICE);
      claim(cluster, "of-two", "gpu-0", "gpu-1");
      claim(cluster, "of-notebook", "gpu-2");
      cluster.startOperator();
      cluster.api().create(Resources.TFJOBS, "default", PlayedCluster.yaml(JOB));
      clock.at(100);
      String uid = cluster.bind("two-worker-0", "dra-1");
      cluster.run("two-worker-0", 0);
      clock.at(500);
      cluster.end("two-worker-0", 0);
      cluster.recorded(uid, "ended");
      assertThat(seconds(cluster)).isEqualTo("[{\"model\":\"NVIDIA-H100\",\"gpuSeconds\":800}]");

      cluster.remove(Resources.TFJOBS, "two");
      cluster.remove(Resources.PODS, "two-worker-0");
      cluster.api().delete(CLAIMS, "default", "of-two", Json.object());
      assertThat(seconds(cluster)).isEqualTo("[{\"model\":\"NVIDIA-H100\",\"gpuSeconds\":800}]");
      cluster.stopOperator();

      clock.at(600);
      cluster.api().create(Resources.PODS, "default", PlayedCluster.yaml(POD));
      PlayedCluster.bindOnly(cluster.api(), "notebook", "dra-1");
      clock.at(650);
      JsonNode usage = cluster.usage("--by", "job");
      assertThat(usage.at("/total/gpuSeconds").asLong(0)).isEqualTo(800 + 50);
      assertThat(usage.at("/total/now/gpus").asInt(0)).isEqualTo(1);
    }
  }

  private static String seconds(PlayedCluster cluster) {
    return cluster.usage().at("/total/models").toString();
  }

  /** The kinds, for a server that does not bring them. */
  private static void kinds(PlayedCluster cluster) throws IOException {
    try (InputStream in = UsageClaimsTest.class.getResourceAsStream("/gpu/dra-kinds.yaml")) {
      for (JsonNode kind :
          PlayedCluster.yaml(new String(in.readAllBytes(), StandardCharsets.UTF_8))) {
        cluster.api().create(Resources.CUSTOM_RESOURCES, "", kind);
      }
    }
  }

  private static void claim(PlayedCluster cluster, String name, String... devices) {
    ObjectNode claim =
        Json.object().put("apiVersion", "resource.k8s.io/v1").put("kind", "ResourceClaim");
    claim.putObject("metadata").put("name", name);
    claim.putObject("spec").putObject("devices");
    create(cluster, CLAIMS, "default", claim.toString());
    ObjectNode status = Json.object();
    ObjectNode allocated = status.putObject("status").putObject("allocation").putObject("devices");
    for (String device : devices) {
      allocated
          .withArray("results")
          .addObject()
          .put("request", "gpu")
          .put("driver", "gpu.nvidia.com")
          .put("pool", "dra-1")
          .put("device", device);
    }
    cluster.api().patch(CLAIMS.path("default", name, "status"), ApiClient.PatchType.MERGE, status);
  }

  /** A new kind needs a moment to be served. */
  private static void create(
      PlayedCluster cluster, Resource resource, String namespace, String text) {
    cluster.await(
        resource.plural() + " are served",
        () -> {
          try {
            cluster.api().create(resource, namespace, PlayedCluster.yaml(text));
            return true;
          } catch (ApiException e) {
            if (e.notFound()) {
              return false;
            }
            throw e;
          }
        });
  }
}
