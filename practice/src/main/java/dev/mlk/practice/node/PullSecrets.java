package dev.mlk.practice.node;

import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resources;
import dev.mlk.practice.node.image.Catalog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The credentials for registries that pods bring along. */
final class PullSecrets {
  private final NodeRoom room;

  PullSecrets(NodeRoom room) {
    this.room = room;
  }

  /** Whether one of the pod's imagePullSecrets is for the image's registry. */
  boolean allow(PodRef pod, JsonNode spec, String image) {
    List<String> missing = new ArrayList<>();
    boolean allowed = false;
    for (JsonNode reference : spec.path("imagePullSecrets")) {
      String name = reference.path("name").asString("");
      Optional<ObjectNode> secret = find(pod, name);
      if (secret.isEmpty()) {
        missing.add(name);
      } else {
        allowed |= isFor(secret.get(), Catalog.registry(image));
      }
    }
    if (!missing.isEmpty()) {
      room.events()
          .warning(
              pod.about("", ""),
              "FailedToRetrieveImagePullSecret",
              "Unable to retrieve some image pull secrets ("
                  + String.join(", ", missing)
                  + "); attempting to pull the image may not succeed.");
    }
    return allowed;
  }

  private Optional<ObjectNode> find(PodRef pod, String name) {
    try {
      return room.api().find(Resources.SECRETS, pod.namespace(), name);
    } catch (ApiException e) {
      return Optional.empty();
    }
  }

  private static boolean isFor(JsonNode secret, String registry) {
    String json = secret.path("data").path(".dockerconfigjson").asString("");
    String old = secret.path("data").path(".dockercfg").asString("");
    try {
      byte[] text = Base64.getDecoder().decode(json.isEmpty() ? old : json);
      JsonNode tree = JsonMapper.shared().readTree(new String(text, StandardCharsets.UTF_8));
      JsonNode registries = json.isEmpty() ? tree : tree.path("auths");
      return registries.propertyNames().stream().anyMatch(each -> host(each).equals(registry));
    } catch (JacksonException | IllegalArgumentException e) {
      return false;
    }
  }

  /** The host of an entry, which may be a URL with a path. */
  private static String host(String entry) {
    String plain = entry.replaceFirst("^https?://", "");
    int slash = plain.indexOf('/');
    String host = slash < 0 ? plain : plain.substring(0, slash);
    return host.equals("index.docker.io") ? "docker.io" : host;
  }
}
