package dev.mlk.connect;

import dev.mlk.format.Json;
import dev.mlk.format.Yaml;
import dev.mlk.format.YamlNode;
import dev.mlk.kube.Transport;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A context of any kind as fabric8 understands it: a kubeconfig with nothing but that context. */
final class FabricWay {
  private static final List<String> FILES =
      List.of("certificate-authority", "client-certificate", "client-key", "tokenFile");
  private static final int CONNECT_MILLIS = 10_000;

  private FabricWay() {}

  /**
   * A transport for the context.
   *
   * @param proxy the proxy to go through, if any
   * @param as whom to act as; empty for the context's own
   */
  static Transport transport(Kubeconfig.Context context, Optional<URI> proxy, String as) {
    return new FabricTransport(config(context, proxy, as));
  }

  /** The same as fabric8's own configuration, for its client. */
  static Config config(Kubeconfig.Context context, Optional<URI> proxy, String as) {
    Config config;
    try {
      config = Config.fromKubeconfig(Yaml.write(minified(context)));
    } catch (KubernetesClientException e) {
      throw new Problem.BadInput(
          Explanation.of("the context \"" + context.name() + "\" cannot be used")
              .because(String.valueOf(e.getMessage())));
    }
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.setRequestRetryBackoffLimit(0);
    config.setOnlyHttpWatches(true);
    proxy.ifPresent(
        address -> {
          config.setHttpsProxy(address.toString());
          config.setHttpProxy(address.toString());
        });
    String whom = as.isEmpty() ? context.user().text("as") : as;
    if (!whom.isEmpty()) {
      config.setImpersonateUsername(whom);
      config.setImpersonateGroups(
          as.isEmpty() ? context.user().texts("as-groups").toArray(String[]::new) : new String[0]);
    }
    return config;
  }

  /** The context alone, with absolute paths. */
  static ObjectNode minified(Kubeconfig.Context context) {
    ObjectNode config = Json.object().put("apiVersion", "v1").put("kind", "Config");
    config.put("current-context", "it");
    ObjectNode named = one(config, "contexts", "context");
    named.put("cluster", "it").put("user", "it").put("namespace", context.namespace());
    one(config, "clusters", "cluster").setAll(fields(context.cluster()));
    one(config, "users", "user").setAll(fields(context.user()));
    return config;
  }

  private static ObjectNode one(ObjectNode config, String list, String kind) {
    return config.putArray(list).addObject().put("name", "it").putObject(kind);
  }

  private static ObjectNode fields(Entry entry) {
    ObjectNode fields = (ObjectNode) tree(entry.fields());
    for (String file : FILES) {
      entry.path(file).ifPresent(path -> fields.put(file, path.toString()));
    }
    fields.remove("exec"); // a plugin's answer is put in afterwards
    return fields;
  }

  private static JsonNode tree(YamlNode node) {
    if (node instanceof YamlNode.Mapping mapping) {
      ObjectNode object = Json.object();
      for (Map.Entry<String, YamlNode> field : mapping.fields().entrySet()) {
        object.set(field.getKey(), tree(field.getValue()));
      }
      return object;
    }
    if (node instanceof YamlNode.Sequence sequence) {
      ArrayNode array = Json.array();
      for (YamlNode element : sequence.elements()) {
        array.add(tree(element));
      }
      return array;
    }
    YamlNode.Scalar scalar = (YamlNode.Scalar) node;
    if (scalar.isNull()) {
      return array().nullNode();
    }
    if (scalar.plain() && (scalar.text().equals("true") || scalar.text().equals("false"))) {
      return array().booleanNode(scalar.text().equals("true"));
    }
    return array().stringNode(scalar.text());
  }

  private static ArrayNode array() {
    return Json.array();
  }
}
