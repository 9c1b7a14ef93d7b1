package dev.mlk.practice.api.rest;

import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.wire.Answer;
import dev.mlk.practice.api.wire.Call;
import dev.mlk.practice.status.ApiError;
import dev.mlk.practice.store.Snapshot;
import dev.mlk.practice.store.StoreException;
import dev.mlk.practice.store.Watch;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Optional;

/** Opens watches. */
final class Watching {
  /** How long a watch lasts when the client does not say. */
  private static final long DEFAULT_SECONDS = 1800;

  private final Objects objects;
  private final Rendering rendering;

  Watching(Objects objects, Rendering rendering) {
    this.objects = objects;
    this.rendering = rendering;
  }

  Answer watch(Action action) {
    Call call = action.call();
    Reading.Selection selection = Reading.Selection.of(action);
    String prefix = action.served().prefix(action.namespace());
    Duration lifetime =
        Duration.ofSeconds(
            call.number("timeoutSeconds").filter(seconds -> seconds > 0).orElse(DEFAULT_SECONDS));
    String version = call.query("resourceVersion");
    boolean asksInitial = !call.query("sendInitialEvents").isEmpty();
    boolean initial =
        asksInitial ? call.asks("sendInitialEvents") : version.isEmpty() || version.equals("0");
    checkInitial(call, asksInitial);
    boolean fromNow = version.isEmpty() || version.equals("0");
    if (!fromNow && Reading.revision(version) > objects.store().revision()) {
      throw Reading.tooLarge(Reading.revision(version), objects.store().revision());
    }
    Optional<Snapshot> first = Optional.empty();
    long after;
    if (initial) {
      Snapshot snapshot = objects.store().list(prefix);
      first = Optional.of(snapshot);
      after = snapshot.revision();
    } else {
      after = fromNow ? objects.store().revision() : Reading.revision(version);
    }
    try {
      Watch watch = objects.store().watch(prefix, after);
      EventWriter events = new EventWriter(action, selection, objects, rendering);
      boolean marksEnd = initial && asksInitial;
      WatchStream stream =
          new WatchStream(watch, events, lifetime, call.asks("allowWatchBookmarks"));
      first.ifPresent(snapshot -> stream.begin(snapshot, marksEnd));
      return Answer.stream(streamType(action), stream).warning(action.warnings());
    } catch (StoreException.Gone e) {
      ApiError error =
          ApiError.gone("too old resource version: " + after + " (" + e.oldest() + ")");
      return Answer.stream(
          streamType(action), new ByteArrayInputStream(EventWriter.error(error.status())));
    }
  }

  private static String streamType(Action action) {
    return action.accepts().as().isEmpty() ? "application/json" : "application/json;stream=watch";
  }

  private static void checkInitial(Call call, boolean asksInitial) {
    String match = call.query("resourceVersionMatch");
    if (asksInitial && !match.equals("NotOlderThan")) {
      throw ApiError.invalid(
          "ListOptions",
          "meta.k8s.io",
          "",
          java.util.List.of(
              dev.mlk.practice.status.FieldError.forbidden(
                  "resourceVersionMatch",
                  "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan")));
    }
    if (!asksInitial && !match.isEmpty()) {
      throw ApiError.invalid(
          "ListOptions",
          "meta.k8s.io",
          "",
          java.util.List.of(
              dev.mlk.practice.status.FieldError.forbidden(
                  "resourceVersionMatch",
                  "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided")));
    }
  }
}
