package dev.mlk.metrics;

import dev.mlk.events.Run;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A folder with event files, and where it comes from.
 *
 * @param prefix put before the names of its runs: a trial or a replica; empty for none
 * @param folder where it is on this machine; need not be there yet
 * @param shown what to call it in messages
 * @param job the TFJob that writes to it, when there is one
 */
public record LogSource(String prefix, Path folder, String shown, Optional<JsonNode> job) {
  /** The name of a run among all sources. */
  public String name(Run run) {
    if (prefix.isEmpty()) {
      return run.name();
    }
    return run.name().equals(".") ? prefix : prefix + "/" + run.name();
  }

  /** The same beside those of other names: trials of a sweep have names of their own. */
  LogSource of(String name) {
    String own = job.map(one -> one.path("metadata").path("name").asString("")).orElse(name);
    return own.equals(name)
        ? new LogSource(prefix.isEmpty() ? name : name + "/" + prefix, folder, shown, job)
        : this;
  }
}
