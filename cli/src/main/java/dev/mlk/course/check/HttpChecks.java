package dev.mlk.course.check;

import dev.mlk.kube.ApiException;
import dev.mlk.kube.Request;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Checks of what answers over HTTP, asked through the API server. */
final class HttpChecks {
  private final Scene scene;

  HttpChecks(Scene scene) {
    this.scene = scene;
  }

  Observation look(String verb, Arguments arguments) {
    boolean metric = verb.equals("metric");
    String path = arguments.text("path", metric ? "/metrics" : "/");
    String plural = arguments.text("kind", "Service").equals("Pod") ? "pods" : "services";
    String target =
        "/api/v1/namespaces/"
            + arguments.text("namespace", scene.learner().namespace())
            + "/"
            + plural
            + "/"
            + arguments.text("name")
            + ":"
            + arguments.text("port")
            + "/proxy";
    String where = arguments.text("name") + ":" + arguments.text("port") + path;
    List<String> lines;
    try {
      lines = scene.cluster().reader().lines(request(target, path), _ -> true);
    } catch (ApiException e) {
      return refused(arguments, where, e);
    }
    if (metric) {
      return metric(lines, arguments, where);
    }
    String text = String.join("\n", lines);
    boolean holds =
        arguments.text("status", "200").startsWith("2")
            && Pattern.compile(arguments.text("body", "")).matcher(text).find();
    String start = text.substring(0, Math.min(200, text.length()));
    return Observation.of(holds, where + " answers: " + start, expected(arguments));
  }

  private static Request request(String target, String path) {
    int query = path.indexOf('?');
    Request request = Request.of("GET", target + (query < 0 ? path : path.substring(0, query)));
    if (query >= 0) {
      for (String pair : path.substring(query + 1).split("&", -1)) {
        String[] sides = pair.split("=", 2);
        request = request.query(sides[0], sides.length > 1 ? sides[1] : "");
      }
    }
    return request;
  }

  private static Observation refused(Arguments arguments, String where, ApiException e) {
    boolean wanted = arguments.text("status", "200").equals(Integer.toString(e.code()));
    return Observation.of(
        wanted, where + " answers " + e.code() + ": " + e.getMessage(), expected(arguments));
  }

  private static String expected(Arguments arguments) {
    return "an answer "
        + arguments.text("status", "200")
        + (arguments.has("body") ? " with " + arguments.text("body") : "");
  }

  private static Observation metric(List<String> lines, Arguments arguments, String where) {
    String name = arguments.text("metric");
    Operator operator = arguments.operator();
    String last = where + " has no sample of " + name;
    for (String line : lines) {
      if (sample(line, name, arguments.node("labels"))) {
        String value = line.substring(line.lastIndexOf(' ') + 1);
        JsonNode number = tools.jackson.databind.node.JsonNodeFactory.instance.stringNode(value);
        last = line;
        if (operator == Operator.EXISTS || operator.test(number, arguments.node("value"))) {
          return Observation.holds(line);
        }
      }
    }
    return Observation.not(last, name + " " + operator.expects(arguments.node("value")));
  }

  private static boolean sample(String line, String name, JsonNode labels) {
    if (!line.startsWith(name + "{") && !line.startsWith(name + " ")) {
      return false;
    }
    return labels.properties().stream()
        .allMatch(
            label ->
                line.contains(label.getKey() + "=\"" + Operator.text(label.getValue()) + "\""));
  }
}
