package dev.mlk.manifest;

import dev.mlk.format.Nearest;
import dev.mlk.practice.schema.YamlScalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes a TFJob as {@code --set path=value} asks: {@code worker.replicas=4}, {@code
 * worker.gpu=2}, {@code image=...}, {@code arg.lr=0.01}, {@code env.NAME=value}, or a full path
 * such as {@code spec.runPolicy.cleanPodPolicy=None}. Values go into the tree, never into text.
 */
public final class Settings {
  /** The short names, with what they stand for inside a replica. */
  private static final Map<String, String> SHORT =
      Map.of(
          "replicas", "replicas",
          "restartPolicy", "restartPolicy",
          "image", "image",
          "gpu", "limits:nvidia.com/gpu",
          "cpu", "requests:cpu",
          "memory", "limits:memory");

  private Settings() {}

  /**
   * Applies one setting.
   *
   * @return what is wrong with it, empty when it was applied
   */
  public static Optional<String> apply(ObjectNode job, String setting) {
    int equals = setting.indexOf('=');
    if (equals <= 0) {
      return Optional.of(
          "--set "
              + setting
              + " has no value: write --set path=value, such as --set worker.replicas=2");
    }
    String path = setting.substring(0, equals);
    String value = setting.substring(equals + 1);
    if (path.startsWith("spec.") || path.startsWith("metadata.")) {
      return full(job, path, value);
    }
    List<ObjectNode> targets = new ArrayList<>();
    String rest = path;
    int dot = path.indexOf('.');
    String head = dot < 0 ? path : path.substring(0, dot);
    for (Map.Entry<String, JsonNode> type : job.path("spec").path("tfReplicaSpecs").properties()) {
      if (type.getKey().equalsIgnoreCase(head) && type.getValue() instanceof ObjectNode spec) {
        targets.add(spec);
        rest = dot < 0 ? "" : path.substring(dot + 1);
      }
    }
    if (targets.isEmpty()) {
      if (!SHORT.containsKey(head) && !head.equals("arg") && !head.equals("env")) {
        return Optional.of(unknown(job, path));
      }
      job.path("spec")
          .path("tfReplicaSpecs")
          .forEach(
              spec -> {
                if (spec instanceof ObjectNode object) {
                  targets.add(object);
                }
              });
    }
    for (ObjectNode target : targets) {
      Optional<String> problem = inReplica(job, target, rest, value, path);
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> full(ObjectNode job, String path, String value) {
    try {
      TreePath.parse(path).set(job, YamlScalar.resolve(value));
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of("--set " + path + ": " + e.getMessage());
    }
  }

  private static Optional<String> inReplica(
      ObjectNode job, ObjectNode replica, String rest, String value, String path) {
    if (rest.equals("replicas") || rest.equals("restartPolicy")) {
      replica.set(rest, YamlScalar.resolve(value));
      return Optional.empty();
    }
    ObjectNode container = trainer(replica);
    if (container == null) {
      return Optional.of("--set " + path + ": the replica has no container to set it on");
    }
    if (rest.equals("image")) {
      container.put("image", value);
    } else if (rest.startsWith("arg.") && rest.length() > 4) {
      argument(container, rest.substring(4), value);
    } else if (rest.startsWith("env.") && rest.length() > 4) {
      variable(container, rest.substring(4), value);
    } else if (SHORT.getOrDefault(rest, "").contains(":")) {
      String[] kindAndName = SHORT.get(rest).split(":", 2);
      resource(container, kindAndName[0], kindAndName[1], value);
    } else {
      return Optional.of(unknown(job, path));
    }
    return Optional.empty();
  }

  private static ObjectNode trainer(ObjectNode replica) {
    JsonNode containers = replica.path("template").path("spec").path("containers");
    for (JsonNode container : containers) {
      if (container.path("name").asString("").equals("tensorflow")) {
        return (ObjectNode) container;
      }
    }
    return containers.path(0) instanceof ObjectNode first ? first : null;
  }

  /** Replaces {@code --name=old} or {@code --name old}, or adds {@code --name=value}. */
  public static void argument(ObjectNode container, String name, String value) {
    JsonNode old = container.path("args");
    ArrayNode args = old instanceof ArrayNode list ? list : container.putArray("args");
    String flag = "--" + name;
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i).asString("");
      if (arg.startsWith(flag + "=")) {
        args.set(i, JsonNodeFactory.instance.stringNode(flag + "=" + value));
        return;
      }
      if (arg.equals(flag)
          && i + 1 < args.size()
          && !args.get(i + 1).asString("").startsWith("--")) {
        args.set(i + 1, JsonNodeFactory.instance.stringNode(value));
        return;
      }
    }
    args.add(flag + "=" + value);
  }

  private static void variable(ObjectNode container, String name, String value) {
    ArrayNode env =
        container.path("env") instanceof ArrayNode list ? list : container.putArray("env");
    for (JsonNode variable : env) {
      if (variable.path("name").asString("").equals(name)) {
        ((ObjectNode) variable).removeAll().put("name", name).put("value", value);
        return;
      }
    }
    env.addObject().put("name", name).put("value", value);
  }

  private static void resource(ObjectNode container, String list, String name, String value) {
    ObjectNode resources = container.withObjectProperty("resources");
    resources.withObjectProperty(list).put(name, value);
    // Devices cannot be overcommitted, so a request that stands there must say the same.
    if (list.equals("limits") && resources.path("requests").has(name) && name.contains("/")) {
      resources.withObjectProperty("requests").put(name, value);
    }
  }

  private static String unknown(ObjectNode job, String path) {
    List<String> legal =
        new ArrayList<>(List.of("image", "arg.NAME", "env.NAME", "gpu", "cpu", "memory"));
    job.path("spec")
        .path("tfReplicaSpecs")
        .propertyNames()
        .forEach(
            type -> {
              String role = type.toLowerCase(java.util.Locale.ROOT);
              for (String name :
                  List.of(
                      "replicas",
                      "image",
                      "gpu",
                      "cpu",
                      "memory",
                      "restartPolicy",
                      "arg.NAME",
                      "env.NAME")) {
                legal.add(role + "." + name);
              }
            });
    String hint = Nearest.to(path, legal).map(near -> "; did you mean " + near + "?").orElse("");
    return "--set knows no path "
        + path
        + hint
        + " Legal here: "
        + String.join(", ", legal)
        + ", or a full path such as spec.runPolicy.suspend";
  }
}
