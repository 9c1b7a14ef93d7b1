package dev.mlk.connect;

import dev.mlk.console.Invocation;
import dev.mlk.format.Json;
import dev.mlk.format.Yaml;
import dev.mlk.format.YamlNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A kubeconfig for the cluster at hand under other names, to see what is said of those. */
public final class KubeconfigCopy {
  private static final Set<String> FILES =
      Set.of("certificate-authority", "client-certificate", "client-key", "tokenFile");

  private KubeconfigCopy() {}

  /**
   * Its text: plain fields only, so that a practice cluster looks like any other there.
   *
   * @param context what to call the context
   * @param current what to call kubectl's; empty for the same
   * @param token a token in place of the credentials; empty for these
   */
  public static String text(Invocation invocation, String context, String current, String token) {
    Kubeconfig own = Kubeconfig.read(KubeconfigFiles.of(invocation));
    String wanted = invocation.options().context();
    Kubeconfig.Context there = own.context(wanted.isEmpty() ? own.current() : wanted);
    String first = current.isEmpty() ? context : current;
    ObjectNode copy = Json.object().put("apiVersion", "v1").put("kind", "Config");
    copy.put("current-context", first);
    entry(copy.putArray("clusters"), "cluster", "cluster").setAll(fields(there.cluster()));
    ObjectNode user = entry(copy.putArray("users"), "user", "user");
    if (token.isEmpty()) {
      user.setAll(fields(there.user()));
    } else {
      user.put("token", token);
    }
    ArrayNode contexts = copy.putArray("contexts");
    for (String one : new LinkedHashSet<>(List.of(context, first))) {
      entry(contexts, one, "context").put("cluster", "cluster").put("user", "user");
    }
    return Yaml.write(copy);
  }

  private static ObjectNode entry(ArrayNode list, String name, String kind) {
    return list.addObject().put("name", name).putObject(kind);
  }

  private static ObjectNode fields(Entry entry) {
    ObjectNode fields = Json.object();
    for (Map.Entry<String, YamlNode> field : entry.fields().fields().entrySet()) {
      if (field.getValue() instanceof YamlNode.Scalar) {
        String name = field.getKey();
        String text = entry.text(name);
        String value =
            entry.path(name).filter(_ -> FILES.contains(name)).map(Object::toString).orElse(text);
        fields.put(name, value);
      }
    }
    return fields;
  }
}
