package dev.mlk.board.web;

import dev.mlk.board.data.Line;
import dev.mlk.board.data.Logs;
import dev.mlk.board.data.RunName;
import dev.mlk.events.DecimalText;
import dev.mlk.events.Series;
import dev.mlk.format.Json;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The data of TensorBoard's scalars plugin under TensorBoard's own addresses and in its own form
 * (tensorboard/plugins/core/core_plugin.py, plugins/scalar/scalars_plugin.py), for programs that
 * read them.
 */
final class ScalarsPlugin {
  private static final String PLUGIN = "plugin/scalars/";

  private final Live live;
  private final Logs logs;
  private final String location;
  private final String version;

  /**
   * The interface.
   *
   * @param location what was asked for
   * @param version the version of mlk
   */
  ScalarsPlugin(Live live, String location, String version) {
    this.live = live;
    this.logs = live.logs();
    this.location = location;
    this.version = version;
  }

  /**
   * The answer to a path below {@code /data/}; empty for what is not there.
   *
   * @param form what was posted; no parameters for a GET
   */
  Optional<Answer> answer(String path, Query query, Query form) throws InterruptedException {
    live.lookAtAll();
    return switch (path) {
      case "environment" -> Optional.of(Answer.json(environment()));
      case "runs" -> Optional.of(Answer.json(runs()));
      case "plugins_listing" -> Optional.of(Answer.json(plugins()));
      case PLUGIN + "tags" -> Optional.of(Answer.json(tags()));
      case PLUGIN + "scalars" -> Optional.of(scalars(query));
      case PLUGIN + "scalars_multirun" -> Optional.of(several(form));
      default -> Optional.empty();
    };
  }

  private ObjectNode environment() {
    return Json.object()
        .put("version", version)
        .put("data_location", location)
        .put("window_title", "")
        .put("experiment_name", "")
        .put("experiment_description", "")
        .put("creation_time", 0.0);
  }

  /** By the time of their first value. */
  private ArrayNode runs() {
    ArrayNode names = Json.array();
    logs.runs().stream()
        .sorted(Comparator.comparingDouble(RunName::started).thenComparing(RunName::name))
        .forEach(run -> names.add(run.name()));
    return names;
  }

  private ObjectNode plugins() {
    ObjectNode plugins = Json.object();
    ObjectNode scalars = plugins.putObject("scalars");
    scalars.put("disable_reload", false).put("enabled", !logs.scalars().isEmpty());
    scalars.put("remove_dom", false).put("tab_name", "scalars");
    scalars
        .putObject("loading_mechanism")
        .put("type", "CUSTOM_ELEMENT")
        .put("element_name", "tf-scalar-dashboard");
    return plugins;
  }

  private ObjectNode tags() {
    ObjectNode runs = Json.object();
    logs.scalars()
        .forEach(
            (run, all) -> {
              ObjectNode tags = runs.putObject(run.name());
              for (Series series : all) {
                tags.putObject(series.tag())
                    .put("displayName", series.title())
                    .put("description", escaped(series.description()));
              }
            });
    return runs;
  }

  /** TensorBoard sends HTML made of Markdown; here it stays as it was written. */
  private static String escaped(String text) {
    String safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return safe.isEmpty() ? "" : "<p>" + safe + "</p>";
  }

  private Answer scalars(Query query) {
    Optional<String> run = query.text("run");
    Optional<String> tag = query.text("tag");
    if (run.isEmpty() || tag.isEmpty()) {
      return Answer.refused(400, "Invalid argument: Both run and tag must be specified");
    }
    Optional<Line> line =
        logs.lines(tag.get()).stream()
            .filter(one -> one.run().name().equals(run.get()))
            .findFirst();
    if (line.isEmpty()) {
      return Answer.refused(
          404, "Not found: No scalar data for run='" + run.get() + "', tag='" + tag.get() + "'");
    }
    return query.text("format").equals(Optional.of("csv"))
        ? new Answer(200, "text/csv", csv(line.get()).getBytes(StandardCharsets.UTF_8), "")
        : Answer.json(points(line.get()));
  }

  private static String csv(Line line) {
    StringBuilder text = new StringBuilder("Wall time,Step,Value\r\n");
    for (int i = 0; i < line.size(); i++) {
      DecimalText.append(text, line.times()[i]);
      text.append(',').append(line.steps()[i]).append(',');
      DecimalText.append(text, line.values()[i]);
      text.append("\r\n");
    }
    return text.toString();
  }

  private static String points(Line line) {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < line.size(); i++) {
      text.append(i == 0 ? "[" : ",[");
      Numbers.orText(text, line.times()[i]);
      text.append(',').append(line.steps()[i]).append(',');
      Numbers.orText(text, line.values()[i]);
      text.append(']');
    }
    return text.append(']').toString();
  }

  private Answer several(Query form) {
    if (form.all("tag").size() != 1) {
      return Answer.refused(400, "Invalid argument: tag must be specified exactly once");
    }
    List<String> runs = form.all("runs");
    StringBuilder text = new StringBuilder("{");
    for (Line line : logs.lines(form.all("tag").getFirst())) {
      if (runs.contains(line.run().name())) {
        text.append(text.length() == 1 ? "" : ",").append(Numbers.quoted(line.run().name()));
        text.append(':').append(points(line));
      }
    }
    return Answer.json(text.append('}').toString());
  }
}
