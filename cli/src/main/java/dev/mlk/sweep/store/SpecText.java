package dev.mlk.sweep.store;

import dev.mlk.format.Json;
import dev.mlk.sweep.search.Search;
import dev.mlk.sweep.space.Constraint;
import dev.mlk.sweep.space.DomainReader;
import dev.mlk.sweep.space.Parameter;
import dev.mlk.sweep.space.Space;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A specification as JSON text. */
final class SpecText {
  private SpecText() {}

  static ObjectNode write(SweepSpec spec) {
    ObjectNode node = Json.object();
    ArrayNode parameters = node.putArray("parameters");
    for (Parameter parameter : spec.space().parameters()) {
      ObjectNode one = parameters.addObject();
      one.put("name", parameter.name()).put("values", parameter.domain().text());
      ArrayNode targets = one.putArray("targets");
      parameter.targets().forEach(targets::add);
    }
    ArrayNode where = node.putArray("where");
    spec.space().constraints().forEach(constraint -> where.add(constraint.text()));
    node.putObject("objective")
        .put("metric", spec.objective().metric())
        .put("goal", spec.objective().goal());
    node.putObject("search")
        .put("kind", spec.search().kind().word())
        .put("seed", spec.search().seed())
        .put("trials", spec.search().trials());
    node.putObject("limits")
        .put("parallel", spec.limits().parallel())
        .put("retries", spec.limits().retries())
        .put("queue", spec.limits().queue())
        .put("stopEarly", spec.limits().stopEarly());
    node.set("job", spec.job());
    return node;
  }

  static SweepSpec read(JsonNode node) {
    List<Parameter> parameters = new ArrayList<>();
    for (JsonNode one : node.path("parameters")) {
      List<String> targets = new ArrayList<>();
      one.path("targets").forEach(target -> targets.add(target.asString("")));
      parameters.add(
          new Parameter(
              one.path("name").asString(""),
              targets,
              DomainReader.read(one.path("values").asString(""))));
    }
    List<String> names = parameters.stream().map(Parameter::name).toList();
    List<Constraint> where = new ArrayList<>();
    node.path("where").forEach(text -> where.add(Constraint.read(text.asString(""), names)));
    JsonNode objective = node.path("objective");
    JsonNode search = node.path("search");
    JsonNode limits = node.path("limits");
    return new SweepSpec(
        (ObjectNode) node.path("job"),
        new Space(parameters, where),
        new Objective(
            objective.path("metric").asString(""),
            objective.path("goal").asString("").equals("maximize")),
        new SweepSpec.Choice(
            Search.Kind.of(search.path("kind").asString("")).orElse(Search.Kind.GRID),
            search.path("seed").asLong(0),
            search.path("trials").asInt(0)),
        new SweepSpec.Limits(
            limits.path("parallel").asInt(0),
            limits.path("retries").asInt(0),
            limits.path("queue").asString(""),
            limits.path("stopEarly").asString("none")));
  }
}
