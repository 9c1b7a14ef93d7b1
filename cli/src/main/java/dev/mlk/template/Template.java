package dev.mlk.template;

import dev.mlk.format.Nearest;
import dev.mlk.manifest.Document;
import dev.mlk.manifest.Settings;
import dev.mlk.manifest.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A job template.
 *
 * @param name its name
 * @param summary what it is good for, one line
 * @param text the manifest as it stands in the folder
 * @param parameters what may be set
 */
public record Template(String name, String summary, String text, List<Parameter> parameters) {
  public Template {
    parameters = List.copyOf(parameters);
  }

  /** The parameter of that name or alias. */
  public Optional<Parameter> parameter(String wanted) {
    return parameters.stream().filter(parameter -> parameter.called(wanted)).findFirst();
  }

  /** All names and aliases. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (Parameter parameter : parameters) {
      names.add(parameter.name());
      names.addAll(parameter.aliases());
    }
    return names;
  }

  /**
   * The present value of a parameter in the manifest's objects, as text; empty when the manifest
   * does not say.
   */
  public Optional<String> value(Parameter parameter, List<Document> documents) {
    if (!parameter.paths().isEmpty()) {
      Place place = Place.of(parameter.paths().getFirst());
      return place
          .object(documents)
          .flatMap(object -> TreePath.parse(place.path).get(object))
          .map(JsonNode::asString);
    }
    String[] typeAndFlag = parameter.arguments().getFirst().split("\\.", 2);
    String flag = "--" + typeAndFlag[1] + "=";
    return container(documents, typeAndFlag[0])
        .flatMap(
            container -> {
              for (JsonNode arg : container.path("args")) {
                if (arg.asString("").startsWith(flag)) {
                  return Optional.of(arg.asString().substring(flag.length()));
                }
              }
              return Optional.empty();
            });
  }

  /**
   * Sets a parameter in the manifest's objects.
   *
   * @return what is wrong with it; empty when it was set
   */
  public Optional<String> set(List<Document> documents, String wanted, String value) {
    Optional<Parameter> found = parameter(wanted);
    if (found.isEmpty()) {
      String hint =
          Nearest.to(wanted, names()).map(near -> "; did you mean " + near + "?").orElse("");
      return Optional.of("the template " + name + " has no parameter " + wanted + hint);
    }
    Parameter parameter = found.get();
    Optional<String> refused = parameter.refuse(value);
    if (refused.isPresent()) {
      return Optional.of(refused.get() + ", not \"" + value + "\"");
    }
    for (String path : parameter.paths()) {
      Place place = Place.of(path);
      place
          .object(documents)
          .ifPresent(object -> TreePath.parse(place.path).set(object, parameter.json(value)));
    }
    for (String argument : parameter.arguments()) {
      String[] typeAndFlag = argument.split("\\.", 2);
      container(documents, typeAndFlag[0])
          .ifPresent(container -> Settings.argument(container, typeAndFlag[1], value));
    }
    return Optional.empty();
  }

  private static Optional<ObjectNode> container(List<Document> documents, String type) {
    String path = "spec.tfReplicaSpecs." + type + ".template.spec.containers[tensorflow]";
    return Place.of(path)
        .object(documents)
        .flatMap(job -> TreePath.parse(path).get(job))
        .map(node -> node instanceof ObjectNode container ? container : null);
  }

  /** A path in one of the manifest's objects. */
  private record Place(String kind, String path) {
    static Place of(String text) {
      int colon = text.indexOf(':');
      boolean other =
          colon > 0
              && Character.isUpperCase(text.charAt(0))
              && text.substring(0, colon).indexOf('.') < 0;
      return other
          ? new Place(text.substring(0, colon), text.substring(colon + 1))
          : new Place("TFJob", text);
    }

    Optional<ObjectNode> object(List<Document> documents) {
      return documents.stream()
          .filter(
              document ->
                  document.kind().toLowerCase(Locale.ROOT).equals(kind.toLowerCase(Locale.ROOT)))
          .map(Document::object)
          .findFirst();
    }
  }
}
