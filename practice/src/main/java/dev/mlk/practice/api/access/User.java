package dev.mlk.practice.api.access;

import dev.mlk.practice.api.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * A caller.
 *
 * @param name the user name
 * @param uid a service account's uid, empty for others
 * @param groups the groups, {@code system:authenticated} among them
 * @param extra what else is known, such as the pod that a token is bound to
 */
public record User(String name, String uid, List<String> groups, Map<String, List<String>> extra) {
  /** The group whose members may do everything. */
  public static final String MASTERS = "system:masters";

  /** Everybody who proved who they are. */
  public static final String AUTHENTICATED = "system:authenticated";

  /** Somebody without credentials. */
  public static final User ANONYMOUS =
      new User("system:anonymous", "", List.of("system:unauthenticated"), Map.of());

  /** The cluster's owner. */
  public static final User OWNER = of("kubernetes-admin", List.of(MASTERS));

  public User {
    groups = List.copyOf(groups);
    extra = Map.copyOf(extra);
  }

  /** A user who proved who they are. */
  public static User of(String name, List<String> groups) {
    List<String> all = new ArrayList<>(groups);
    if (!all.contains(AUTHENTICATED)) {
      all.add(AUTHENTICATED);
    }
    return new User(name, "", all, Map.of());
  }

  /** As reviews show it: {@code UserInfo} of authentication.k8s.io/v1. */
  public ObjectNode info() {
    ObjectNode info = Json.object().put("username", name);
    if (!uid.isEmpty()) {
      info.put("uid", uid);
    }
    groups.forEach(info.putArray("groups")::add);
    if (!extra.isEmpty()) {
      ObjectNode all = info.putObject("extra");
      extra.forEach((key, values) -> values.forEach(all.withArray(key)::add));
    }
    return info;
  }

  /** Whether the user may do everything. */
  public boolean master() {
    return groups.contains(MASTERS);
  }
}
