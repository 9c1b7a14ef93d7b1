package dev.mlk.practice.api.rest;

import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.wire.Answer;
import dev.mlk.practice.api.wire.Call;
import dev.mlk.practice.kubelet.PodStreams;
import dev.mlk.practice.status.ApiError;
import dev.mlk.practice.status.FieldError;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A container's log. */
final class Logs {
  private final Objects objects;
  private final PodStreams pods;
  private final InstantSource clock;

  Logs(Objects objects, PodStreams pods, InstantSource clock) {
    this.objects = objects;
    this.pods = pods;
    this.clock = clock;
  }

  Answer log(Action action) {
    ObjectNode pod =
        objects
            .find(action.served(), action.namespace(), action.name())
            .orElseThrow(() -> ApiError.notFound(action.served().resource(), action.name()));
    PodStreams.LogOptions options = options(action);
    String container =
        Connecting.container(action.call().query("container"), action.name(), pod.path("spec"));
    if (pod.path("spec").path("nodeName").asString("").isEmpty()) {
      return Answer.of(204, "", new byte[0]);
    }
    try {
      return Answer.stream("text/plain", pods.log(Connecting.target(pod, container), options));
    } catch (IOException e) {
      throw ApiError.badRequest(e.getMessage());
    }
  }

  private PodStreams.LogOptions options(Action action) {
    Call call = action.call();
    Optional<Long> tail = call.number("tailLines");
    Optional<Long> seconds = call.number("sinceSeconds");
    Optional<Long> limit = call.number("limitBytes");
    String time = call.query("sinceTime");
    if (tail.isPresent() && tail.get() < 0) {
      refuse(
          action,
          FieldError.invalid(
              "tailLines", tail.get().toString(), "must be greater than or equal to 0"));
    }
    if (limit.isPresent() && limit.get() < 1) {
      refuse(
          action,
          FieldError.invalid("limitBytes", limit.get().toString(), "must be greater than 0"));
    }
    if (seconds.isPresent() && !time.isEmpty()) {
      refuse(
          action,
          FieldError.forbidden(
              "[]", "at most one of `sinceTime` or `sinceSeconds` may be specified"));
    }
    if (seconds.isPresent() && seconds.get() < 1) {
      refuse(
          action,
          FieldError.invalid("sinceSeconds", seconds.get().toString(), "must be greater than 0"));
    }
    Optional<Instant> since = seconds.map(number -> clock.instant().minusSeconds(number));
    if (!time.isEmpty()) {
      since = Optional.of(moment(time));
    }
    return new PodStreams.LogOptions(
        call.asks("follow"),
        call.asks("previous"),
        tail.map(lines -> (int) Math.min(lines, Integer.MAX_VALUE)),
        since,
        limit,
        call.asks("timestamps"));
  }

  private static Instant moment(String time) {
    try {
      return Instant.parse(time);
    } catch (DateTimeException e) {
      throw ApiError.badRequest("parsing time \"" + time + "\": not in RFC 3339");
    }
  }

  private static void refuse(Action action, FieldError error) {
    throw ApiError.invalid("PodLogOptions", "", action.name(), List.of(error));
  }
}
