package dev.mlk.practice.api;

import dev.mlk.kube.Resources;
import dev.mlk.practice.api.catalog.Served;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.wire.Metadata;
import dev.mlk.practice.status.ApiError;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ObjectNode;

/** Drops events that nobody has touched for an hour. */
public final class EventExpiry implements AutoCloseable {
  private static final Logger LOG = System.getLogger(EventExpiry.class.getName());
  private static final Duration LIFETIME = Duration.ofHours(1);
  private final Objects objects;
  private final InstantSource clock;
  private final ScheduledExecutorService timer;

  private EventExpiry(Objects objects, InstantSource clock) {
    this.objects = objects;
    this.clock = clock;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("event-expiry").factory());
  }

  /** Looks once a minute from now on. */
  public static EventExpiry start(Objects objects, InstantSource clock) {
    EventExpiry expiry = new EventExpiry(objects, clock);
    var _ = expiry.timer.scheduleWithFixedDelay(expiry::look, 1, 1, TimeUnit.MINUTES);
    return expiry;
  }

  void look() {
    try {
      Served events = objects.catalog().require(Resources.EVENTS);
      Instant oldest = clock.instant().minus(LIFETIME);
      for (ObjectNode event : objects.list(Resources.EVENTS, "")) {
        if (touched(event).isBefore(oldest)) {
          objects.delete(events, event, Objects.revision(event));
        }
      }
    } catch (ApiError e) {
      LOG.log(Level.DEBUG, "events stay: " + e.getMessage());
    }
  }

  /** When the event was last written; one without any time is old. */
  private static Instant touched(ObjectNode event) {
    String last = event.path("lastTimestamp").asString("");
    String made = Metadata.text(event, "creationTimestamp");
    try {
      return Instant.parse(last.compareTo(made) > 0 ? last : made);
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
