package dev.mlk.practice.node;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes one node in the API and says from time to time that it is alive. */
final class NodeRegistration {
  private static final System.Logger LOG = System.getLogger(NodeRegistration.class.getName());
  private static final Duration RENEWAL = Duration.ofSeconds(10);
  private static final int LEASE_SECONDS = 40;
  private static final String LEASES = "kube-node-lease";

  /** A kubelet reports an unchanged status so seldom. */
  private static final Duration REPORT = Duration.ofMinutes(5);

  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final NodeRoom room;
  private final NodeObject object;
  private final NodeLabels labels;
  private final SerialTask report;
  private final SerialTask renew;
  private volatile boolean closed;
  private Runnable cancelReport = () -> {};

  NodeRegistration(NodeRoom room) {
    this.room = room;
    this.object = new NodeObject(room.spec(), room.config().api().kubeletPort());
    this.labels = new NodeLabels(room.config().node(room.spec().name()));
    this.report = new SerialTask(room.executor(), this::reportNow);
    this.renew = new SerialTask(room.executor(), this::renewNow);
  }

  /** Makes the node, or takes over the one that is there with what users have changed on it. */
  void start() {
    ApiClient api = room.api();
    Optional<ObjectNode> there = api.find(Resources.NODES, "", room.spec().name());
    if (there.isEmpty()) {
      api.create(Resources.NODES, "", object.json());
    } else {
      update(there.get());
    }
    keepLabels();
    reportNow();
    room.events()
        .normal(
            JsonNodeFactory.instance
                .objectNode()
                .put("kind", "Node")
                .put("apiVersion", "v1")
                .set(
                    "metadata",
                    JsonNodeFactory.instance
                        .objectNode()
                        .put("name", room.spec().name())
                        .put("uid", room.spec().name())),
            "Starting",
            "");
    renew.ask();
    room.devices().onChange(report::ask);
  }

  /** Sets what the configuration has otherwise than at the last start. */
  private void update(JsonNode there) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    ObjectNode metadata = patch.putObject("metadata");
    ObjectNode changes =
        labels.changes(
            there.path("metadata").path("labels"), object.labels(), object.usualLabels());
    metadata.set("labels", changes);
    ObjectNode annotations = metadata.putObject("annotations");
    object.annotate(there, annotations);
    if (!changes.isEmpty() || !annotations.isEmpty()) {
      room.api()
          .patch(Resources.NODES.path("", room.spec().name()), ApiClient.PatchType.MERGE, patch);
    }
  }

  private void keepLabels() {
    try {
      labels.keep(object.labels());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Somebody has changed the node; its annotations may say something to the agent. */
  void changed(JsonNode before, JsonNode now) {
    String key = NodeObject.READY;
    JsonNode old = before == null ? now : before;
    if (!old.path("metadata")
        .path("annotations")
        .path(key)
        .equals(now.path("metadata").path("annotations").path(key))) {
      report.ask();
    }
  }

  private void reportNow() {
    if (closed) {
      return;
    }
    try {
      room.api()
          .find(Resources.NODES, "", room.spec().name())
          .ifPresent(
              node -> {
                ObjectNode patch = JsonNodeFactory.instance.objectNode();
                int gpus = room.devices().allocatable();
                patch.set("status", object.status(node, gpus, room.ticker().instant()));
                room.api()
                    .patch(
                        Resources.NODES.path("", room.spec().name(), "status"),
                        ApiClient.PatchType.STRATEGIC,
                        patch);
              });
    } catch (ApiException | UncheckedIOException e) {
      LOG.log(System.Logger.Level.DEBUG, "status of a node: {0}", e.getMessage());
    }
    cancelReport.run();
    cancelReport = room.ticker().after(REPORT, report::ask);
  }

  private void renewNow() {
    if (closed) {
      return;
    }
    String name = room.spec().name();
    Instant now = room.ticker().instant();
    try {
      ObjectNode patch = JsonNodeFactory.instance.objectNode();
      patch.putObject("spec").put("renewTime", MICROSECONDS.format(now));
      room.api().patch(Resources.LEASES.path(LEASES, name), ApiClient.PatchType.MERGE, patch);
    } catch (ApiException e) {
      if (e.notFound()) {
        createLease(name, now);
      }
    } catch (UncheckedIOException e) {
      LOG.log(System.Logger.Level.DEBUG, "lease of a node: {0}", e.getMessage());
    }
    room.ticker().after(RENEWAL, renew::ask);
  }

  private void createLease(String name, Instant now) {
    ObjectNode lease = JsonNodeFactory.instance.objectNode();
    lease.put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
    lease.putObject("metadata").put("name", name).put("namespace", LEASES);
    lease
        .putObject("spec")
        .put("holderIdentity", name)
        .put("leaseDurationSeconds", LEASE_SECONDS)
        .put("renewTime", MICROSECONDS.format(now));
    try {
      room.api().create(Resources.LEASES, LEASES, lease);
    } catch (ApiException | RejectedExecutionException e) {
      LOG.log(System.Logger.Level.DEBUG, "lease of a node: {0}", e.getMessage());
    }
  }

  void close() {
    closed = true;
    cancelReport.run();
  }
}
