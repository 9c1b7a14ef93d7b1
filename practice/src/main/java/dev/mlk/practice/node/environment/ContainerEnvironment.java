package dev.mlk.practice.node.environment;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Puts a container's environment together. */
public final class ContainerEnvironment {
  private final ApiClient api;

  /** An environment whose references are looked up in the API. */
  public ContainerEnvironment(ApiClient api) {
    this.api = api;
  }

  /**
   * The variables that a pod gives a container, in the order in which later ones win. These, and
   * not those of the image, are what {@code $(NAME)} may refer to.
   *
   * @param services what tells of the Services around it
   * @throws ConfigurationException when a reference leads nowhere
   */
  public Map<String, String> of(JsonNode container, PodFacts facts, Map<String, String> services)
      throws ConfigurationException {
    Map<String, String> variables = new LinkedHashMap<>(services);
    String namespace = facts.pod().path("metadata").path("namespace").asString("");
    for (JsonNode source : container.path("envFrom")) {
      addAll(source, namespace, variables);
    }
    for (JsonNode variable : container.path("env")) {
      Optional<String> value = value(variable, container, facts, namespace, variables);
      if (value.isPresent()) {
        variables.put(variable.path("name").asString(""), value.get());
      }
    }
    return variables;
  }

  private Optional<String> value(
      JsonNode variable,
      JsonNode container,
      PodFacts facts,
      String namespace,
      Map<String, String> before)
      throws ConfigurationException {
    if (!variable.path("value").asString("").isEmpty()) {
      return Optional.of(Expansion.expand(variable.path("value").asString(""), before));
    }
    JsonNode from = variable.path("valueFrom");
    if (from.has("fieldRef")) {
      String path = from.path("fieldRef").path("fieldPath").asString("");
      return Optional.of(
          facts
              .field(path)
              .orElseThrow(() -> new ConfigurationException("unsupported fieldPath: " + path)));
    }
    if (from.has("resourceFieldRef")) {
      JsonNode reference = from.path("resourceFieldRef");
      return Optional.of(
          facts.resource(
              container(facts.pod(), reference.path("containerName").asString(""), container),
              reference.path("resource").asString(""),
              reference.path("divisor").asString("")));
    }
    if (from.has("configMapKeyRef")) {
      return key(Resources.CONFIG_MAPS, from.path("configMapKeyRef"), namespace);
    }
    if (from.has("secretKeyRef")) {
      return key(Resources.SECRETS, from.path("secretKeyRef"), namespace);
    }
    return Optional.of("");
  }

  private static JsonNode container(JsonNode pod, String name, JsonNode self) {
    for (String list : new String[] {"containers", "initContainers"}) {
      for (JsonNode each : pod.path("spec").path(list)) {
        if (each.path("name").asString("").equals(name)) {
          return each;
        }
      }
    }
    return self;
  }

  private Optional<String> key(Resource resource, JsonNode reference, String namespace)
      throws ConfigurationException {
    String name = reference.path("name").asString("");
    String key = reference.path("key").asString("");
    boolean optional = reference.path("optional").asBoolean(false);
    Optional<? extends JsonNode> object = find(resource, namespace, name, optional);
    if (object.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> data = data(resource, object.get());
    if (!data.containsKey(key) && !optional) {
      throw new ConfigurationException(
          "couldn't find key " + key + " in " + resource.kind() + " " + namespace + "/" + name);
    }
    return Optional.ofNullable(data.get(key));
  }

  private void addAll(JsonNode source, String namespace, Map<String, String> variables)
      throws ConfigurationException {
    boolean secret = source.has("secretRef");
    Resource resource = secret ? Resources.SECRETS : Resources.CONFIG_MAPS;
    JsonNode reference = source.path(secret ? "secretRef" : "configMapRef");
    String prefix = source.path("prefix").asString("");
    find(
            resource,
            namespace,
            reference.path("name").asString(""),
            reference.path("optional").asBoolean(false))
        .ifPresent(
            object ->
                data(resource, object)
                    .forEach((name, value) -> variables.put(prefix + name, value)));
  }

  private Optional<? extends JsonNode> find(
      Resource resource, String namespace, String name, boolean optional)
      throws ConfigurationException {
    Optional<? extends JsonNode> object = api.find(resource, namespace, name);
    if (object.isEmpty() && !optional) {
      String kind = resource.equals(Resources.SECRETS) ? "secret" : "configmap";
      throw new ConfigurationException(kind + " \"" + name + "\" not found");
    }
    return object;
  }

  private static Map<String, String> data(Resource resource, JsonNode object) {
    Map<String, String> data = new LinkedHashMap<>();
    object
        .path("data")
        .properties()
        .forEach(
            entry -> {
              String value = entry.getValue().asString("");
              data.put(
                  entry.getKey(),
                  resource.equals(Resources.SECRETS)
                      ? new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)
                      : value);
            });
    return data;
  }
}
