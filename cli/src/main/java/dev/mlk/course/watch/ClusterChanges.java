package dev.mlk.course.watch;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.CommandThreads;
import dev.mlk.kube.Informer;
import dev.mlk.kube.Informers;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Scope;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What changes among the objects that a module is about: those of the learner's namespace, and
 * cluster-wide ones. Signs of life of nodes and what mlk itself writes do not count.
 */
final class ClusterChanges implements Changes {
  /** Objects with this label are mlk's own notes. */
  static final String NOTES = "mlk.dev/board";

  private static final System.Logger LOG = System.getLogger(ClusterChanges.class.getName());

  private final Informers informers;
  private final Listener listener;

  private ClusterChanges(Informers informers, Listener listener) {
    this.informers = informers;
    this.listener = listener;
  }

  /** Follows the resources; those that cannot be read or do not exist yet are tried again. */
  static ClusterChanges of(
      ApiClient client, String namespace, List<Resource> resources, Listener listener) {
    ClusterChanges changes =
        new ClusterChanges(new Informers(client, CommandThreads.factory()), listener);
    for (Resource resource : resources) {
      Scope scope = resource.namespaced() ? Scope.namespace(namespace) : Scope.ALL;
      Informer informer = changes.informers.on(resource, scope);
      CommandThreads.factory().newThread(() -> changes.follow(resource, informer)).start();
    }
    return changes;
  }

  private void follow(Resource resource, Informer informer) {
    try {
      informer.awaitSynced();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    // What is there already is told first, and is no news.
    AtomicBoolean news = new AtomicBoolean();
    informer.onChange(
        (change, before, now) -> {
          if (news.get() && matters(change, before, now)) {
            listener.changed(resource.kind() + " " + name(now));
          }
        });
    news.set(true);
    LOG.log(System.Logger.Level.DEBUG, "following {0}", resource.qualifiedName());
    // It may have changed while it was listed, or have come into being only now.
    listener.changed(resource.kind());
  }

  private static boolean matters(Informer.Change change, ObjectNode before, ObjectNode now) {
    if (now.path("metadata").path("labels").has(NOTES)) {
      return false;
    }
    // What goes looks at last as it did before.
    return change != Informer.Change.MODIFIED || !substance(before).equals(substance(now));
  }

  /** An object without the fields that change by the clock alone. */
  private static JsonNode substance(ObjectNode object) {
    ObjectNode copy = object.deepCopy();
    if (copy.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove(List.of("resourceVersion", "managedFields", "generation"));
    }
    for (JsonNode condition : copy.path("status").path("conditions")) {
      if (condition instanceof ObjectNode fields) {
        fields.remove(List.of("lastHeartbeatTime", "lastProbeTime", "lastUpdateTime"));
      }
    }
    return copy;
  }

  private static String name(JsonNode object) {
    return object.path("metadata").path("name").asString("");
  }

  @Override
  public void close() {
    informers.close();
  }
}
