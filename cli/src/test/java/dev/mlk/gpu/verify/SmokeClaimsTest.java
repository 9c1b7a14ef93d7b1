package dev.mlk.gpu.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.facts.Dra;
import dev.mlk.facts.Reader;
import dev.mlk.format.Json;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import dev.mlk.kube.Transport;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** GPUs that a driver of dynamic resource allocation offers: the smoke pod asks by a claim. */
final class SmokeClaimsTest {
  private static final String NODE =
      """
      {"metadata": {"name": "n"}, "status": {"conditions": [{"type": "Ready", "status": "True"}]}}
      """;
  private static final String SLICES =
      """
      {"metadata": {}, "items": [{"spec": {"driver": "gpu.nvidia.com", "nodeName": "n",
       "pool": {"name": "n", "generation": 1}, "devices": [{"name": "gpu-0"}, {"name": "gpu-1"},
       {"name": "gpu-2"}, {"name": "gpu-3", "taints": [{"key": "broken"}]}]}}]}
      """;
  private static final String CLAIMS =
      """
      {"metadata": {}, "items": [{"metadata": {"name": "c", "namespace": "team"},
       "status": {"allocation": {"devices": {"results": [{"driver": "gpu.nvidia.com", "pool": "n",
       "device": "gpu-0"}]}}}}]}
      """;
  private static final String PODS =
      """
      {"metadata": {}, "items": [%s, %s]}
      """
          .formatted(pod("a"), pod("b"));

  /** Both share one claim. */
  private static String pod(String name) {
    return """
        {"metadata": {"name": "%s", "namespace": "team"},
         "spec": {"nodeName": "n", "resourceClaims": [{"name": "g", "resourceClaimName": "c"}]}}
        """
        .formatted(name);
  }

  /** A server that has just this. */
  private static Reader server(String version) {
    Map<String, String> pages =
        Map.of(
            "/apis/resource.k8s.io",
            "{\"versions\": [{\"version\": \"" + version + "\"}]}",
            "/apis/resource.k8s.io/" + version + "/resourceslices",
            SLICES,
            "/apis/resource.k8s.io/" + version + "/resourceclaims",
            CLAIMS,
            "/api/v1/pods",
            PODS);
    Transport transport =
        new Transport() {
          @Override
          public Reply send(Request request) {
            byte[] page = pages.get(request.path()).getBytes(StandardCharsets.UTF_8);
            return new Reply(200, Map.of(), new ByteArrayInputStream(page));
          }

          @Override
          public void close() {}
        };
    return new Reader(new ApiClient(transport, "test"));
  }

  private static SmokePlan plan(String version) {
    Reader reader = server(version);
    Dra dra = Dra.read(reader);
    return SmokePlan.of(GpuNode.of(Json.read(NODE), Holders.read(reader, dra), dra));
  }

  private static SmokeJob job(String version) {
    return SmokeJob.of(plan(version), SmokeImage.NVIDIA, "", "run", 3, Duration.ofMinutes(1));
  }

  @Test
  void whatIsWellAndHeldByNoClaimIsAskedForAndTheHoldersAreNamed() {
    SmokePlan plan = plan("v1");
    assertThat(plan.parts())
        .containsExactly(new SmokePlan.Part(Dra.CLASS + "gpu.nvidia.com", 2, false));
    assertThat(plan.verified()).isEqualTo(2);
    assertThat(plan.findings().stream().map(finding -> finding.verdict().seen()))
        .anyMatch(seen -> seen.startsWith("offers 3 of its 4 deviceclass"))
        .anyMatch(seen -> seen.contains("1 of 3") && seen.contains("team/a, team/b"));
  }

  @ParameterizedTest
  @CsvSource({"v1, /exactly", "v1beta2, /exactly", "v1beta1, ''"})
  void theClaimIsWrittenAsTheServersVersionWantsIt(String version, String asked) {
    SmokeJob smoke = job(version);
    JsonNode pod = smoke.job().at("/spec/template/spec");
    String name = pod.at("/resourceClaims/0/resourceClaimTemplateName").asString("");
    assertThat(name).isEqualTo("mlk-gpu-verify-run-3-0");
    assertThat(pod.at("/containers/0/resources/claims/0/name"))
        .isEqualTo(pod.at("/resourceClaims/0/name"));
    assertThat(pod.at("/containers/0/resources/limits").propertyNames())
        .containsExactlyInAnyOrder("cpu", "memory");
    JsonNode template = smoke.templates().getFirst();
    assertThat(template.path("apiVersion").asString("")).isEqualTo("resource.k8s.io/" + version);
    assertThat(template.at("/metadata/name").asString("")).isEqualTo(name);
    JsonNode request = template.at("/spec/spec/devices/requests/0");
    assertThat(request.at(asked + "/deviceClassName").asString("")).isEqualTo("gpu.nvidia.com");
    assertThat(request.at(asked + "/count").asLong(0)).isEqualTo(2);
  }
}
