package dev.mlk.practice.api.access;

import dev.mlk.practice.api.wire.Call;
import dev.mlk.practice.api.wire.Credentials;
import dev.mlk.practice.status.ApiError;

/** Who calls, and whether they may. */
public final class Access {
  /**
   * What somebody wants to do to a resource.
   *
   * @param namespace the namespace, empty for cluster-wide
   * @param name the object, empty for a collection
   */
  public record Wish(
      String verb,
      String group,
      String version,
      String plural,
      String subresource,
      String namespace,
      String name) {}

  /** Who calls; throws a 401. */
  public User authenticate(Call call) {
    return switch (call.credentials()) {
      case Credentials.Owner _ -> User.OWNER;
      case Credentials.Certificate _ -> User.OWNER;
      case Credentials.None _ -> User.ANONYMOUS;
    };
  }

  /** Throws a 403 unless the user may do that to the resource. */
  public void require(User user, Wish wish) {
    if (!user.master()) {
      throw ApiError.forbidden(wish.plural(), wish.group(), wish.name(), "no");
    }
  }

  /** Throws a 403 unless the user may call that path. */
  public void requirePath(User user, Call call) {
    if (!user.master()) {
      throw ApiError.forbiddenPath("no");
    }
  }
}
