package dev.mlk.practice.api;

import dev.mlk.practice.api.access.User;
import dev.mlk.practice.api.catalog.Catalog;
import dev.mlk.practice.api.catalog.Served;
import dev.mlk.practice.api.discovery.Discovery;
import dev.mlk.practice.api.rest.Action;
import dev.mlk.practice.api.rest.Metrics;
import dev.mlk.practice.api.wire.Accepts;
import dev.mlk.practice.api.wire.Answer;
import dev.mlk.practice.api.wire.Call;
import dev.mlk.practice.api.wire.Handler;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.status.ApiError;
import java.util.ArrayList;
import java.util.List;

/**
 * The group {@code metrics.k8s.io} alone, for an API server that aggregates it: that one has asked
 * who calls and whether they may.
 */
public final class MetricsServer implements Handler {
  private static final User CALLER = User.of("system:aggregator", List.of());

  private final Catalog catalog = Catalog.ofGroup("metrics.k8s.io");
  private final Discovery discovery = new Discovery(catalog);
  private final Metrics metrics;

  /** A server of these metrics. */
  public MetricsServer(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public Answer handle(Call call) {
    try {
      return route(call);
    } catch (ApiError refusal) {
      return Answer.of(refusal.code(), "application/json", Json.write(refusal.status()));
    }
  }

  private Answer route(Call call) {
    String path = call.path();
    if (!path.startsWith("/apis")) {
      return Answer.text(404, "404 page not found\n");
    }
    RequestPath parts =
        RequestPath.of(path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    if (parts.plural().isEmpty()) {
      return discovery.find(call).orElseGet(() -> Answer.text(404, "404 page not found\n"));
    }
    Served served =
        catalog
            .find(parts.group(), parts.version(), parts.plural())
            .filter(_ -> parts.subresource().isEmpty())
            .orElseThrow(ApiError::noSuchResource);
    if (!call.method().equals("GET") || call.asks("watch")) {
      throw ApiError.methodNotAllowed();
    }
    return metrics.answer(
        parts.name().isEmpty() ? "list" : "get",
        new Action(
            call,
            CALLER,
            served,
            parts.namespace(),
            parts.name(),
            "",
            Accepts.of(call),
            new ArrayList<>()));
  }
}
