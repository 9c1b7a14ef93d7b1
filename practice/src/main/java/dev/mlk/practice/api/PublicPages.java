package dev.mlk.practice.api;

import dev.mlk.practice.api.wire.Answer;
import dev.mlk.practice.api.wire.Call;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.store.ObjectStore;
import dev.mlk.practice.store.StoreException;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Version and health. */
final class PublicPages {
  private static final Set<String> HEALTH = Set.of("/healthz", "/livez", "/readyz");
  private final ObjectStore store;

  PublicPages(ObjectStore store) {
    this.store = store;
  }

  Optional<Answer> find(Call call) {
    String path = call.path();
    if (path.equals("/version") || path.equals("/version/")) {
      return Optional.of(Answer.of(200, "application/json", Json.write(version())));
    }
    String root = path.indexOf('/', 1) < 0 ? path : path.substring(0, path.indexOf('/', 1));
    if (HEALTH.contains(root)) {
      return Optional.of(health(root.substring(1)));
    }
    return Optional.empty();
  }

  /** Alive as long as it answers; ready and healthy as long as it can write as well. */
  private Answer health(String what) {
    Optional<StoreException.Broken> trouble = store.trouble();
    if (trouble.isEmpty() || what.equals("livez")) {
      return Answer.text(200, "ok");
    }
    return Answer.text(
        500,
        "[+]ping ok\n[-]store failed: "
            + trouble.get().getMessage()
            + "\n"
            + what
            + " check failed\n");
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
