package dev.mlk.practice.controller;

import dev.mlk.kube.ApiException;
import dev.mlk.kube.Informer;
import dev.mlk.kube.Key;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.kube.WorkQueue;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deletes what nobody owns any more, and carries out foreground and orphaning deletion. Works on
 * every resource that can be listed and deleted, custom ones too.
 */
final class GarbageCollector implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(GarbageCollector.class.getName());
  private static final String FOREGROUND = "foregroundDeletion";
  private static final String ORPHAN = "orphan";

  /** How long a thread may take to see that it is over. */
  private static final Duration LAST_STEP = Duration.ofSeconds(1);

  private static final int WORKERS = 8;
  private final Shared shared;
  private final OwnershipGraph graph = new OwnershipGraph();
  private final WorkQueue<OwnershipGraph.Item> queue = new WorkQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch listed = new CountDownLatch(1);
  private final WorkQueue<String> rediscover = new WorkQueue<>();

  private GarbageCollector(Shared shared) {
    this.shared = shared;
  }

  static GarbageCollector start(Shared shared) {
    GarbageCollector collector = new GarbageCollector(shared);
    shared
        .informer(Resources.CUSTOM_RESOURCES)
        .onChange((_, _, _) -> collector.rediscover.addAfter("", Duration.ofMillis(50)));
    collector.rediscover.add("");
    collector.threads.add(
        Thread.ofVirtual().name("garbage-discovery").start(collector::discoverForEver));
    for (int i = 0; i < WORKERS; i++) {
      collector.threads.add(Thread.ofVirtual().name("garbage").start(collector::run));
    }
    return collector;
  }

  private void discoverForEver() {
    try {
      while (rediscover.take().isPresent()) {
        try {
          discover();
          listed.countDown();
          rediscover.forget("");
        } catch (ApiException | UncheckedIOException e) {
          LOG.log(System.Logger.Level.DEBUG, "discovery: {0}", e.getMessage());
          rediscover.addAfterFailure("");
        } finally {
          rediscover.done("");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Follows resources that are new and lets go of those that went away. */
  private void discover() throws InterruptedException {
    List<Resource> now = new ArrayList<>();
    for (Discovery.Found found : Discovery.all(shared.client())) {
      if (found.can("list", "watch", "delete") && !found.resource().equals(Resources.EVENTS)) {
        now.add(found.resource());
      }
    }
    for (Resource gone : graph.keepOnly(now)) {
      shared.informers().stop(gone);
    }
    for (Resource resource : now) {
      if (graph.follow(resource)) {
        shared
            .informer(resource)
            .onChange((change, _, object) -> changed(resource, change, object));
      }
    }
    if (listed.getCount() > 0) {
      for (Resource resource : now) {
        shared.informer(resource).awaitSynced();
      }
    }
  }

  private void changed(Resource resource, Informer.Change change, ObjectNode object) {
    OwnershipGraph.Item item =
        new OwnershipGraph.Item(resource, Key.of(object), Fields.uid(object));
    if (change == Informer.Change.DELETED) {
      // An owner that waits for this one may now be ready to go.
      graph.remove(item).forEach(queue::add);
      graph.ownersOf(object).forEach(queue::add);
      return;
    }
    graph.put(item, object);
    if (graph.suspicious(item)) {
      queue.add(item);
    }
  }

  private void run() {
    try {
      listed.await();
      for (var item = queue.take(); item.isPresent(); item = queue.take()) {
        work(item.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(OwnershipGraph.Item item) {
    try {
      process(item);
      queue.forget(item);
    } catch (ApiException | UncheckedIOException e) {
      LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", item, e.getMessage());
      queue.addAfterFailure(item);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, item.toString(), e);
      queue.addAfterFailure(item);
    } finally {
      queue.done(item);
    }
  }

  private void process(OwnershipGraph.Item item) {
    if (!graph.suspicious(item)) {
      // Its owner was just not listed yet when it was.
      return;
    }
    Optional<ObjectNode> live =
        shared
            .client()
            .find(item.resource(), item.key().namespace(), item.key().name())
            .filter(object -> Fields.uid(object).equals(item.uid()));
    if (live.isEmpty()) {
      // Gone without the watch telling yet: its dependents are looked at when it does.
      return;
    }
    ObjectNode object = live.get();
    if (Fields.deleting(object)) {
      if (Fields.hasFinalizer(object, ORPHAN)) {
        orphanDependents(item, object);
      } else if (Fields.hasFinalizer(object, FOREGROUND)) {
        deleteDependents(item, object);
      }
      return;
    }
    checkOwners(item, object);
  }

  private void orphanDependents(OwnershipGraph.Item owner, ObjectNode object) {
    for (OwnershipGraph.Item dependent : graph.dependentsOf(owner.uid())) {
      removeReferences(dependent, List.of(owner.uid()));
    }
    shared.client().update(owner.resource(), Fields.withoutFinalizer(object, ORPHAN));
  }

  private void deleteDependents(OwnershipGraph.Item owner, ObjectNode object) {
    boolean waiting = false;
    for (OwnershipGraph.Item dependent : graph.dependentsOf(owner.uid())) {
      if (graph.blocks(dependent, owner.uid())) {
        waiting = true;
      }
      queue.add(dependent);
    }
    if (!waiting) {
      shared.client().update(owner.resource(), Fields.withoutFinalizer(object, FOREGROUND));
    }
  }

  /** Deletes the object if none of its owners is left, else drops references that dangle. */
  private void checkOwners(OwnershipGraph.Item item, ObjectNode object) {
    List<String> dangling = new ArrayList<>();
    List<String> leaving = new ArrayList<>();
    boolean solid = false;
    JsonNode references = Fields.at(object, "metadata", "ownerReferences");
    if (references.isEmpty()) {
      return;
    }
    for (JsonNode reference : references) {
      switch (standing(reference, item.key().namespace())) {
        case THERE -> solid = true;
        case LEAVING -> leaving.add(Fields.text(reference, "uid"));
        case MISSING -> dangling.add(Fields.text(reference, "uid"));
        case UNKNOWN -> {
          // A kind that the server does not know (any more) proves nothing.
          return;
        }
      }
    }
    if (solid) {
      dangling.addAll(leaving);
      if (!dangling.isEmpty()) {
        removeReferences(item, dangling);
      }
      return;
    }
    boolean foreground =
        Fields.hasFinalizer(object, FOREGROUND)
            || (!leaving.isEmpty() && !graph.dependentsOf(item.uid()).isEmpty());
    String policy =
        Fields.hasFinalizer(object, ORPHAN) ? "Orphan" : foreground ? "Foreground" : "Background";
    delete(item, object, policy);
  }

  private void delete(OwnershipGraph.Item item, ObjectNode object, String policy) {
    try {
      shared
          .client()
          .delete(
              item.resource(),
              item.key().namespace(),
              item.key().name(),
              Fields.deleteOptions(object, policy));
    } catch (ApiException e) {
      if (!e.notFound() && !e.conflict()) {
        throw e;
      }
    }
  }

  private enum Standing {
    THERE,
    LEAVING,
    MISSING,
    UNKNOWN
  }

  private Standing standing(JsonNode reference, String namespace) {
    Optional<Resource> resource =
        graph.resource(Fields.text(reference, "apiVersion"), Fields.text(reference, "kind"));
    if (resource.isEmpty()) {
      return Standing.UNKNOWN;
    }
    Optional<ObjectNode> owner =
        shared
            .client()
            .find(
                resource.get(),
                resource.get().namespaced() ? namespace : "",
                Fields.text(reference, "name"))
            .filter(object -> Fields.uid(object).equals(Fields.text(reference, "uid")));
    if (owner.isEmpty()) {
      return Standing.MISSING;
    }
    boolean waits = Fields.deleting(owner.get()) && Fields.hasFinalizer(owner.get(), FOREGROUND);
    return waits ? Standing.LEAVING : Standing.THERE;
  }

  private void removeReferences(OwnershipGraph.Item item, List<String> owners) {
    Optional<ObjectNode> live =
        shared.client().find(item.resource(), item.key().namespace(), item.key().name());
    if (live.isEmpty() || !Fields.uid(live.get()).equals(item.uid())) {
      return;
    }
    ArrayNode left = Fields.newArray();
    for (JsonNode reference : Fields.at(live.get(), "metadata", "ownerReferences")) {
      if (!owners.contains(Fields.text(reference, "uid"))) {
        left.add(reference);
      }
    }
    ObjectNode metadata = Fields.object(live.get(), "metadata");
    if (left.isEmpty()) {
      metadata.remove("ownerReferences");
    } else {
      metadata.set("ownerReferences", left);
    }
    try {
      shared.client().update(item.resource(), live.get());
    } catch (ApiException e) {
      if (!e.notFound()) {
        throw e;
      }
    }
  }

  @Override
  public void close() {
    queue.close();
    rediscover.close();
    threads.forEach(Thread::interrupt);
    // Whoever closes the informers next must not meet a thread that asks for one.
    for (Thread thread : threads) {
      try {
        thread.join(LAST_STEP);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
