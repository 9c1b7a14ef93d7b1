package dev.mlk.practice.api;

import dev.mlk.practice.api.wire.Answer;
import dev.mlk.practice.api.wire.Call;
import dev.mlk.practice.api.wire.Json;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Version and health. */
final class PublicPages {
  private static final Set<String> HEALTH = Set.of("/healthz", "/livez", "/readyz");

  Optional<Answer> find(Call call) {
    String path = call.path();
    if (path.equals("/version") || path.equals("/version/")) {
      return Optional.of(Answer.of(200, "application/json", Json.write(version())));
    }
    String root = path.indexOf('/', 1) < 0 ? path : path.substring(0, path.indexOf('/', 1));
    if (HEALTH.contains(root)) {
      return Optional.of(Answer.text(200, "ok"));
    }
    return Optional.empty();
  }

  private static ObjectNode version() {
    return Json.object()
        .put("major", "1")
        .put("minor", "35")
        .put("emulationMajor", "1")
        .put("emulationMinor", "35")
        .put("minCompatibilityMajor", "1")
        .put("minCompatibilityMinor", "34")
        .put("gitVersion", "v1.35.4+mlk")
        .put("gitCommit", "")
        .put("gitTreeState", "")
        .put("buildDate", "1970-01-01T00:00:00Z")
        .put("goVersion", "go1.25")
        .put("compiler", "gc")
        .put("platform", "linux/amd64");
  }
}
