package dev.mlk.practice.api.rest;

import dev.mlk.practice.api.access.User;
import dev.mlk.practice.api.catalog.Served;
import dev.mlk.practice.api.wire.Accepts;
import dev.mlk.practice.api.wire.Call;
import java.util.List;

/**
 * A call as the verbs see it: read, authenticated and allowed.
 *
 * @param call the call
 * @param user who calls
 * @param served the kind that its path names
 * @param namespace the path's namespace, empty for none
 * @param name the path's name, empty for a collection
 * @param subresource the path's subresource, empty for none
 * @param accepts what the answer is to look like
 * @param warnings texts for the answer's {@code Warning} header, added to on the way
 */
public record Action(
    Call call,
    User user,
    Served served,
    String namespace,
    String name,
    String subresource,
    Accepts accepts,
    List<String> warnings) {

  /** Whether nothing may be stored. */
  public boolean dryRun() {
    return call.query("dryRun").equals("All");
  }

  /** Who writes, as managed fields name it. */
  public String fieldManager() {
    String manager = call.query("fieldManager");
    if (!manager.isEmpty()) {
      return manager;
    }
    String agent = call.header("user-agent");
    int slash = agent.indexOf('/');
    String name = slash < 0 ? agent : agent.substring(0, slash);
    return name.isEmpty() ? "unknown" : name;
  }

  /** The same call on an object of that name. */
  public Action named(String other) {
    return new Action(call, user, served, namespace, other, subresource, accepts, warnings);
  }

  /** A call on the object itself, with another method and body. */
  Action plain(String method, byte[] body) {
    Call other =
        new Call(method, call.path(), call.query(), call.headers(), body, call.credentials());
    return new Action(other, user, served, namespace, name, "", accepts, warnings);
  }
}
