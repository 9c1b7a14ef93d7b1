package dev.mlk.practice.node.volume;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.practice.node.environment.PodFacts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads what volumes of kind configMap, secret, downwardAPI and projected hold. */
final class ObjectSources {
  private static final int DEFAULT_MODE = 0644;

  private final ApiClient api;
  private final PodFacts facts;
  private final Tokens tokens;
  private final String namespace;

  ObjectSources(ApiClient api, PodFacts facts, Tokens tokens) {
    this.api = api;
    this.tokens = tokens;
    this.facts = facts;
    this.namespace = facts.pod().path("metadata").path("namespace").asString("");
  }

  static boolean isProjected(JsonNode volume) {
    return volume.has("configMap")
        || volume.has("secret")
        || volume.has("downwardAPI")
        || volume.has("projected");
  }

  /** Whether it is the volume with which every pod gets its service account. */
  static boolean isServiceAccountOnly(JsonNode volume) {
    return volume.path("name").asString("").startsWith("kube-api-access-");
  }

  ProjectedFiles read(JsonNode volume) throws MountException {
    ProjectedFiles files = new ProjectedFiles();
    if (volume.has("configMap")) {
      JsonNode source = volume.path("configMap");
      object(Resources.CONFIG_MAPS, source, "name", mode(source, DEFAULT_MODE), files);
    } else if (volume.has("secret")) {
      JsonNode source = volume.path("secret");
      object(Resources.SECRETS, source, "secretName", mode(source, DEFAULT_MODE), files);
    } else if (volume.has("downwardAPI")) {
      JsonNode source = volume.path("downwardAPI");
      downward(source, mode(source, DEFAULT_MODE), files);
    } else {
      JsonNode source = volume.path("projected");
      for (JsonNode each : source.path("sources")) {
        projected(each, mode(source, DEFAULT_MODE), files);
      }
    }
    return files;
  }

  private void projected(JsonNode source, int mode, ProjectedFiles files) throws MountException {
    if (source.has("configMap")) {
      object(Resources.CONFIG_MAPS, source.path("configMap"), "name", mode, files);
    } else if (source.has("secret")) {
      object(Resources.SECRETS, source.path("secret"), "name", mode, files);
    } else if (source.has("downwardAPI")) {
      downward(source.path("downwardAPI"), mode, files);
    } else if (source.has("serviceAccountToken")) {
      token(source.path("serviceAccountToken"), files);
    }
  }

  private static int mode(JsonNode source, int standard) {
    return source.path("defaultMode").asInt(standard);
  }

  private void object(
      Resource resource, JsonNode source, String nameField, int mode, ProjectedFiles files)
      throws MountException {
    String name = source.path(nameField).asString("");
    boolean optional = source.path("optional").asBoolean(false);
    String kind = resource.equals(Resources.SECRETS) ? "secret" : "configmap";
    Optional<ObjectNode> object = api.find(resource, namespace, name);
    if (object.isEmpty()) {
      if (!optional) {
        throw new MountException(kind + " \"" + name + "\" not found");
      }
      return;
    }
    Map<String, byte[]> data = data(resource, object.get());
    JsonNode items = source.path("items");
    if (items.isEmpty()) {
      for (Map.Entry<String, byte[]> entry : data.entrySet()) {
        files.add(entry.getKey(), entry.getValue(), mode);
      }
    }
    for (JsonNode item : items) {
      String key = item.path("key").asString("");
      if (data.containsKey(key)) {
        files.add(item.path("path").asString(""), data.get(key), item.path("mode").asInt(mode));
      } else if (!optional) {
        throw new MountException(
            kind.equals("secret")
                ? "references non-existent secret key: " + key
                : "configmap references non-existent config key: " + key);
      }
    }
  }

  private static Map<String, byte[]> data(Resource resource, JsonNode object) {
    Map<String, byte[]> data = new LinkedHashMap<>();
    boolean secret = resource.equals(Resources.SECRETS);
    object
        .path("data")
        .properties()
        .forEach(
            entry -> {
              String text = entry.getValue().asString("");
              data.put(
                  entry.getKey(),
                  secret
                      ? Base64.getDecoder().decode(text)
                      : text.getBytes(StandardCharsets.UTF_8));
            });
    object
        .path("binaryData")
        .properties()
        .forEach(
            entry ->
                data.put(
                    entry.getKey(), Base64.getDecoder().decode(entry.getValue().asString(""))));
    return data;
  }

  private void downward(JsonNode source, int mode, ProjectedFiles files) throws MountException {
    for (JsonNode item : source.path("items")) {
      String text;
      if (item.has("fieldRef")) {
        String path = item.path("fieldRef").path("fieldPath").asString("");
        text =
            facts
                .field(path)
                .orElseThrow(() -> new MountException("unsupported fieldPath: " + path));
      } else {
        JsonNode reference = item.path("resourceFieldRef");
        text =
            facts.resource(
                container(reference.path("containerName").asString("")),
                reference.path("resource").asString(""),
                reference.path("divisor").asString(""));
      }
      files.add(
          item.path("path").asString(""),
          text.getBytes(StandardCharsets.UTF_8),
          item.path("mode").asInt(mode));
    }
  }

  private JsonNode container(String name) throws MountException {
    for (String list : new String[] {"containers", "initContainers"}) {
      for (JsonNode each : facts.pod().path("spec").path(list)) {
        if (each.path("name").asString("").equals(name)) {
          return each;
        }
      }
    }
    throw new MountException("container \"" + name + "\" not found");
  }

  private void token(JsonNode source, ProjectedFiles files) throws MountException {
    String audience = source.path("audience").asString("");
    long seconds = source.path("expirationSeconds").asLong(3600);
    String path = source.path("path").asString("");
    String token =
        tokens.get(
            path + "/" + audience, Duration.ofSeconds(seconds), () -> request(audience, seconds));
    files.add(path, token.getBytes(StandardCharsets.UTF_8), 0600);
  }

  private String request(String audience, long seconds) throws MountException {
    JsonNode pod = facts.pod();
    ObjectNode review = JsonNodeFactory.instance.objectNode();
    review.put("apiVersion", "authentication.k8s.io/v1").put("kind", "TokenRequest");
    ObjectNode spec = review.putObject("spec");
    if (!audience.isEmpty()) {
      spec.putArray("audiences").add(audience);
    }
    spec.put("expirationSeconds", seconds);
    spec.putObject("boundObjectRef")
        .put("apiVersion", "v1")
        .put("kind", "Pod")
        .put("name", pod.path("metadata").path("name").asString(""))
        .put("uid", pod.path("metadata").path("uid").asString(""));
    String account = pod.path("spec").path("serviceAccountName").asString("default");
    Request request =
        Request.of("POST", Resources.SERVICE_ACCOUNTS.path(namespace, account, "token"))
            .body("application/json", JsonMapper.shared().writeValueAsBytes(review));
    try {
      return api.call(request).path("status").path("token").asString("");
    } catch (ApiException e) {
      throw new MountException("failed to fetch token: " + e.getMessage());
    }
  }
}
