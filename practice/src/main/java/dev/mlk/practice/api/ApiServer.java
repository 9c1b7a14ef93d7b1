package dev.mlk.practice.api;

import dev.mlk.practice.api.access.Access;
import dev.mlk.practice.api.access.User;
import dev.mlk.practice.api.access.Wish;
import dev.mlk.practice.api.catalog.Served;
import dev.mlk.practice.api.discovery.Discovery;
import dev.mlk.practice.api.discovery.OpenApiPages;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.rest.Action;
import dev.mlk.practice.api.rest.Verbs;
import dev.mlk.practice.api.wire.Accepts;
import dev.mlk.practice.api.wire.Answer;
import dev.mlk.practice.api.wire.Call;
import dev.mlk.practice.api.wire.Handler;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.status.ApiError;
import dev.mlk.practice.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Set;
import tools.jackson.core.exc.StreamConstraintsException;

/** Finds out who calls and what they want, asks whether they may, and has it done. */
public final class ApiServer implements Handler {
  private static final Logger LOG = System.getLogger(ApiServer.class.getName());
  private static final Set<String> CONNECTING = Set.of("exec", "attach", "portforward");
  private final Objects objects;
  private final Access access;
  private final Discovery discovery;
  private final OpenApiPages openApi;
  private final Verbs verbs;
  private final PublicPages pages;

  /** The server over its parts. */
  public ApiServer(Objects objects, Access access, Verbs verbs) {
    this.objects = objects;
    this.access = access;
    this.verbs = verbs;
    this.pages = new PublicPages(objects.store());
    this.discovery = new Discovery(objects.catalog());
    this.openApi = new OpenApiPages(objects.catalog());
  }

  @Override
  public Answer handle(Call call) {
    try {
      return route(call);
    } catch (ApiError refusal) {
      return answer(refusal);
    } catch (StoreException.Broken broken) {
      return answer(ApiError.internal(broken.getMessage()));
    } catch (StackOverflowError | StreamConstraintsException deep) {
      return answer(ApiError.badRequest("the object is nested too deeply"));
    } catch (RuntimeException fault) {
      LOG.log(Level.ERROR, call.method() + " " + call.path() + " failed", fault);
      return answer(ApiError.internal(fault.toString()));
    }
  }

  private static Answer answer(ApiError error) {
    return Answer.of(error.code(), "application/json", Json.write(error.status()));
  }

  private Answer route(Call call) {
    User user = access.authenticate(call);
    String path = call.path();
    if (path.startsWith("/api/") || path.startsWith("/apis/")) {
      RequestPath parts =
          RequestPath.of(path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
      if (!parts.plural().isEmpty()) {
        return resource(call, user, parts);
      }
    }
    access.requirePath(user, call);
    return pages
        .find(call)
        .or(() -> discovery.find(call))
        .or(() -> openApi.find(call))
        .orElseGet(() -> Answer.text(404, "404 page not found\n"));
  }

  private void requireRight(User user, String verb, RequestPath path) {
    access.require(
        user,
        Wish.resource(
            verb,
            path.group(),
            path.plural(),
            path.subresource(),
            path.plural().equals("namespaces") ? path.name() : path.namespace(),
            path.name()));
    if (verb.equals("get") && CONNECTING.contains(path.subresource())) {
      // A WebSocket begins with a GET; that a reader may not do with it what needs a POST
      // elsewhere is so since 1.35 (AuthorizePodWebsocketUpgradeCreatePermission).
      access.require(
          user,
          Wish.resource(
              "create",
              path.group(),
              path.plural(),
              path.subresource(),
              path.namespace(),
              path.name()));
    }
  }

  private Answer resource(Call call, User user, RequestPath path) {
    String verb = verb(call, path);
    requireRight(user, verb, path);
    if (objects.catalog().versions(path.group()).isEmpty()) {
      return Answer.text(404, "404 page not found\n");
    }
    Served served =
        objects.catalog().find(path.group(), path.version(), path.plural()).orElse(null);
    if (served == null && objects.catalog().custom(path.group())) {
      return Answer.text(404, "404 page not found\n");
    }
    if (served == null) {
      throw ApiError.noSuchResource();
    }
    boolean placed = !path.namespace().isEmpty();
    boolean misplaced = served.resource().namespaced() ? !placed && !path.name().isEmpty() : placed;
    if (misplaced) {
      throw ApiError.noSuchResource();
    }
    if (path.subresource().isEmpty() && !served.kind().verbs().contains(verb)) {
      throw ApiError.methodNotAllowed();
    }
    if (!path.subresource().isEmpty() && !served.has(path.subresource())) {
      throw ApiError.noSuchResource();
    }
    Action action =
        new Action(
            call,
            user,
            served,
            path.namespace(),
            path.name(),
            path.subresource(),
            Accepts.of(call),
            new ArrayList<>());
    try {
      return verbs.handle(verb, action);
    } catch (ApiError refusal) {
      // What was noticed before the refusal is said as well.
      return answer(refusal).warning(action.warnings());
    }
  }

  private static String verb(Call call, RequestPath path) {
    boolean collection = path.name().isEmpty();
    return switch (call.method()) {
      case "GET", "HEAD" -> {
        if (path.oldWatch() || (collection && call.asks("watch"))) {
          yield "watch";
        }
        yield collection ? "list" : "get";
      }
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> collection ? "deletecollection" : "delete";
      default -> throw ApiError.methodNotAllowed();
    };
  }
}
