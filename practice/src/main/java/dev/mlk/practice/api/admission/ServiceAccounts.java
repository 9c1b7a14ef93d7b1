package dev.mlk.practice.api.admission;

import dev.mlk.kube.Resources;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.status.ApiError;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Every pod runs as a service account and finds its token in a volume. */
final class ServiceAccounts implements Rule {
  private static final String MOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";
  private static final int TOKEN_SECONDS = 3607;
  private final Objects objects;
  private final RandomGenerator random;

  ServiceAccounts(Objects objects, RandomGenerator random) {
    this.objects = objects;
    this.random = random;
  }

  @Override
  public void mutate(Attempt attempt) {
    if (!attempt.creates(Resources.PODS)) {
      return;
    }
    ObjectNode spec = Json.child(attempt.object(), "spec");
    String wanted = spec.path("serviceAccountName").asString("");
    String name = wanted.isEmpty() ? "default" : wanted;
    Optional<ObjectNode> account =
        objects.find(Resources.SERVICE_ACCOUNTS, attempt.namespace(), name);
    if (account.isEmpty()) {
      throw ApiError.forbidden(
          Resources.PODS,
          attempt.name(),
          "error looking up service account "
              + attempt.namespace()
              + "/"
              + name
              + ": serviceaccount \""
              + name
              + "\" not found");
    }
    spec.put("serviceAccountName", name).put("serviceAccount", name);
    JsonNode secrets = account.get().path("imagePullSecrets");
    if (!spec.has("imagePullSecrets") && !secrets.isEmpty()) {
      spec.set("imagePullSecrets", secrets.deepCopy());
    }
    boolean automatic =
        spec.path("automountServiceAccountToken")
            .asBoolean(account.get().path("automountServiceAccountToken").asBoolean(true));
    if (automatic) {
      mount(spec);
    }
  }

  private void mount(ObjectNode spec) {
    StringBuilder volume = new StringBuilder("kube-api-access-");
    for (int i = 0; i < 5; i++) {
      volume.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    boolean mounted = false;
    for (String list : List.of("initContainers", "containers")) {
      for (JsonNode container : spec.path(list)) {
        mounted |= mount((ObjectNode) container, volume.toString());
      }
    }
    if (mounted) {
      array(spec, "volumes").add(volume(volume.toString()));
    }
  }

  private static boolean mount(ObjectNode container, String volume) {
    for (JsonNode mount : container.path("volumeMounts")) {
      if (mount.path("mountPath").asString("").equals(MOUNT)) {
        return false;
      }
    }
    array(container, "volumeMounts")
        .addObject()
        .put("name", volume)
        .put("readOnly", true)
        .put("mountPath", MOUNT);
    return true;
  }

  private static ObjectNode volume(String name) {
    ObjectNode volume = Json.object().put("name", name);
    ObjectNode projected = volume.putObject("projected");
    ArrayNode sources = projected.putArray("sources");
    sources
        .addObject()
        .putObject("serviceAccountToken")
        .put("expirationSeconds", TOKEN_SECONDS)
        .put("path", "token");
    ObjectNode authority =
        sources.addObject().putObject("configMap").put("name", "kube-root-ca.crt");
    authority.putArray("items").addObject().put("key", "ca.crt").put("path", "ca.crt");
    ObjectNode item = sources.addObject().putObject("downwardAPI").putArray("items").addObject();
    item.put("path", "namespace");
    item.putObject("fieldRef").put("apiVersion", "v1").put("fieldPath", "metadata.namespace");
    projected.put("defaultMode", 420);
    return volume;
  }

  static ArrayNode array(ObjectNode parent, String name) {
    return parent.get(name) instanceof ArrayNode array ? array : parent.putArray(name);
  }
}
