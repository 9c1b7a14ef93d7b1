package dev.mlk.course.check;

import dev.mlk.format.Json;
import dev.mlk.kube.JsonText;
import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks of the API server, and of what the learner may do there. */
final class ServerChecks {
  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

  private final Scene scene;

  ServerChecks(Scene scene) {
    this.scene = scene;
  }

  Observation look(String verb, Arguments arguments) {
    return verb.equals("server") ? server(arguments) : access(arguments);
  }

  private Observation server(Arguments arguments) {
    Optional<Instant> theirs;
    JsonNode version;
    try (Reply reply = scene.cluster().reader().open(Request.of("GET", "/version"))) {
      theirs = date(reply.headers().getOrDefault("date", ""));
      version = JsonText.read(reply.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String seen = version.path("gitVersion").asString("");
    int[] is = numbers(seen.replaceFirst("^v", ""));
    int[] least = numbers(arguments.text("atLeast", "1.0"));
    boolean recent = is[0] > least[0] || (is[0] == least[0] && is[1] >= least[1]);
    if (!recent) {
      return Observation.not(seen, arguments.text("atLeast") + " or newer");
    }
    Duration most = arguments.duration("skew");
    if (arguments.has("skew") && theirs.isPresent()) {
      Duration skew = Duration.between(theirs.get(), scene.clock().instant()).abs();
      if (skew.compareTo(most) > 0) {
        return Observation.not(
            "the clocks differ by " + skew.toSeconds() + " s",
            "at most " + most.toSeconds() + " s",
            "CLOCK-SKEW");
      }
    }
    return Observation.holds("Kubernetes " + seen);
  }

  private static Optional<Instant> date(String header) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int[] numbers(String version) {
    String[] parts = (version + ".0").split("[^0-9]+", 3);
    return new int[] {Integer.parseInt(parts[0]), Integer.parseInt(parts[1])};
  }

  private Observation access(Arguments arguments) {
    List<String> missing = new ArrayList<>();
    for (String resource : arguments.texts("resources")) {
      for (String verb : arguments.texts("verbs")) {
        if (!may(verb, resource)) {
          missing.add(verb + " " + resource);
        }
      }
    }
    return Observation.of(
        missing.isEmpty(),
        missing.isEmpty() ? "all of it is allowed" : "not allowed: " + String.join(", ", missing),
        "the rights to do it in namespace " + scene.learner().namespace());
  }

  private boolean may(String verb, String resource) {
    int slash = resource.indexOf('/');
    String plain = slash < 0 ? resource : resource.substring(0, slash);
    int dot = plain.indexOf('.');
    ObjectNode review =
        Json.object()
            .put("apiVersion", "authorization.k8s.io/v1")
            .put("kind", "SelfSubjectAccessReview");
    review
        .putObject("spec")
        .putObject("resourceAttributes")
        .put("namespace", scene.learner().namespace())
        .put("verb", verb)
        .put("resource", dot < 0 ? plain : plain.substring(0, dot))
        .put("group", dot < 0 ? "" : plain.substring(dot + 1))
        .put("subresource", slash < 0 ? "" : resource.substring(slash + 1));
    return scene
        .cluster()
        .reader()
        .ask(REVIEWS, review)
        .path("status")
        .path("allowed")
        .asBoolean(false);
  }
}
