package dev.mlk.sweep.run;

import dev.mlk.format.Json;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resources;
import dev.mlk.sweep.store.Sweep;
import dev.mlk.sweep.store.SweepStore;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says which of several clients brings a sweep on, by a Lease as Kubernetes' own controllers use
 * it. It saves work and keeps searches that learn in step; that no trial is made twice follows from
 * the names of the jobs, so nothing breaks where leases may not be used, or clocks differ.
 */
final class RunnerLease implements AutoCloseable {
  private static final Duration LENGTH = Duration.ofSeconds(15);
  private static final Duration RENEWAL = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Kubernetes' MicroTime: always six digits. */
  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final ApiClient api;
  private final Sweep sweep;
  private final Holder self;
  private final InstantSource clock;
  private Instant asked = Instant.MIN;
  private boolean held;
  private boolean allowed = true;
  private String holder = "";

  RunnerLease(ApiClient api, Sweep sweep, Holder self, InstantSource clock) {
    this.api = api;
    this.sweep = sweep;
    this.self = self;
    this.clock = clock;
  }

  /** The machine or pod that runs a sweep now, as its Lease says; empty when none does. */
  static Optional<String> host(ApiClient api, String namespace, String sweep, Instant now) {
    try {
      return api.find(Resources.LEASES, namespace, name(sweep))
          .map(lease -> lease.path("spec"))
          .filter(spec -> !expired(spec, now))
          .map(spec -> Holder.host(spec.path("holderIdentity").asString("")))
          .filter(host -> !host.isEmpty());
    } catch (ApiException e) {
      if (e.code() == 403) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Whether this client is to run the sweep now. The cluster is asked every few seconds. */
  boolean held() {
    Instant now = clock.instant();
    if (allowed && !asked.plus(held ? RENEWAL : LOOK).isAfter(now)) {
      held = take(now);
      asked = now;
    }
    return held;
  }

  /** The machine or pod that runs it instead, as far as known. */
  String holder() {
    return Holder.host(holder);
  }

  private boolean take(Instant now) {
    try {
      Optional<ObjectNode> there = api.find(Resources.LEASES, sweep.namespace(), name());
      if (there.isEmpty()) {
        api.create(Resources.LEASES, sweep.namespace(), written(blank(), now));
        return true;
      }
      JsonNode spec = there.get().path("spec");
      holder = spec.path("holderIdentity").asString("");
      boolean mine = holder.equals(self.text());
      if (!mine && !holder.isEmpty() && !expired(spec, now) && !self.knowsToBeGone(holder)) {
        return false;
      }
      api.update(Resources.LEASES, written(there.get(), now));
      return true;
    } catch (ApiException e) {
      if (e.code() == 403) {
        allowed = false;
        return true;
      }
      if (e.conflict() || e.notFound()) {
        return false;
      }
      throw e;
    }
  }

  private static boolean expired(JsonNode spec, Instant now) {
    String renewed = spec.path("renewTime").asString("");
    long seconds = spec.path("leaseDurationSeconds").asLong(LENGTH.toSeconds());
    return renewed.isEmpty() || Instant.parse(renewed).plusSeconds(seconds).isBefore(now);
  }

  private String name() {
    return name(sweep.name());
  }

  private static String name(String sweep) {
    return "sweep-" + sweep;
  }

  private ObjectNode blank() {
    ObjectNode lease = Json.object();
    lease.put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
    ObjectNode metadata = lease.putObject("metadata");
    metadata.put("name", name()).put("namespace", sweep.namespace());
    metadata.putObject("labels").put(SweepStore.LABEL, sweep.name());
    metadata.putArray("ownerReferences").add(SweepStore.owner(sweep));
    return lease;
  }

  private ObjectNode written(ObjectNode lease, Instant now) {
    ObjectNode spec = lease.withObjectProperty("spec");
    String time = MICRO_TIME.format(now);
    if (!spec.path("holderIdentity").asString("").equals(self.text())) {
      spec.put("holderIdentity", self.text()).put("acquireTime", time);
      spec.put("leaseTransitions", spec.path("leaseTransitions").asInt(-1) + 1);
    }
    spec.put("leaseDurationSeconds", LENGTH.toSeconds()).put("renewTime", time);
    return lease;
  }

  /** Lets others take it at once. */
  @Override
  public void close() {
    if (!held || !allowed) {
      return;
    }
    held = false;
    try {
      Optional<ObjectNode> there = api.find(Resources.LEASES, sweep.namespace(), name());
      JsonNode known = there.map(lease -> lease.path("spec").path("holderIdentity")).orElse(null);
      if (known != null && known.asString("").equals(self.text())) {
        there.get().withObjectProperty("spec").put("holderIdentity", "");
        api.update(Resources.LEASES, there.get());
      }
    } catch (ApiException | UncheckedIOException e) {
      // It runs out by itself in a quarter of a minute.
      asked = Instant.MIN;
    }
  }
}
