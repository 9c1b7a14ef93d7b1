package dev.mlk.practice.controller;

import dev.mlk.kube.ApiException;
import dev.mlk.kube.Controller;
import dev.mlk.kube.Informer;
import dev.mlk.kube.Key;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every namespace has a service account {@code default} and the ConfigMap with the cluster's CA.
 */
final class ServiceAccountController {
  private static final String ACCOUNT = "default";
  private static final String AUTHORITY = "kube-root-ca.crt";
  private static final String WHAT_FOR =
      "Contains a CA bundle that can be used to verify the kube-apiserver when using internal"
          + " endpoints such as the internal service IP or kubernetes.default.svc. No other usage is"
          + " guaranteed across distributions of Kubernetes clusters.";
  private final Shared shared;
  private final String authority;

  private ServiceAccountController(Shared shared, String authority) {
    this.shared = shared;
    this.authority = authority;
  }

  static void start(Shared shared, String authority) {
    var accounts = new ServiceAccountController(shared, authority);
    Controller controller =
        shared.start(
            "service-account",
            4,
            List.of(Resources.NAMESPACES, Resources.SERVICE_ACCOUNTS, Resources.CONFIG_MAPS),
            accounts::reconcile);
    controller.follow(shared.informer(Resources.NAMESPACES));
    onLoss(shared.informer(Resources.SERVICE_ACCOUNTS), ACCOUNT, controller);
    onLoss(shared.informer(Resources.CONFIG_MAPS), AUTHORITY, controller);
  }

  private static void onLoss(Informer informer, String name, Controller controller) {
    informer.onChange(
        (change, _, now) -> {
          Key key = Key.of(now);
          if (key.name().equals(name) && change != Informer.Change.ADDED) {
            controller.enqueue(new Key("", key.namespace()));
          }
        });
  }

  private Optional<Duration> reconcile(Key key) {
    Optional<ObjectNode> namespace = shared.informer(Resources.NAMESPACES).get("", key.name());
    if (namespace.isEmpty() || Fields.deleting(namespace.get())) {
      return Optional.empty();
    }
    if (shared.informer(Resources.SERVICE_ACCOUNTS).get(key.name(), ACCOUNT).isEmpty()) {
      ObjectNode account = Fields.of("v1", "ServiceAccount");
      account.putObject("metadata").put("name", ACCOUNT);
      create(Resources.SERVICE_ACCOUNTS, key.name(), account);
    }
    if (!authority.isEmpty()) {
      publishAuthority(key.name());
    }
    return Optional.empty();
  }

  private void publishAuthority(String namespace) {
    Optional<ObjectNode> there = shared.informer(Resources.CONFIG_MAPS).get(namespace, AUTHORITY);
    if (there.isPresent() && Fields.text(there.get(), "data", "ca.crt").equals(authority)) {
      return;
    }
    ObjectNode map = there.map(ObjectNode::deepCopy).orElseGet(() -> Fields.of("v1", "ConfigMap"));
    ObjectNode metadata = Fields.object(map, "metadata").put("name", AUTHORITY);
    Fields.object(metadata, "annotations").put("kubernetes.io/description", WHAT_FOR);
    map.putObject("data").put("ca.crt", authority);
    if (there.isPresent()) {
      shared.client().update(Resources.CONFIG_MAPS, map);
    } else {
      create(Resources.CONFIG_MAPS, namespace, map);
    }
  }

  private void create(Resource resource, String namespace, ObjectNode object) {
    try {
      shared.client().create(resource, namespace, object);
    } catch (ApiException e) {
      // Somebody else made it, or the namespace is going away.
      if (!e.conflict() && !e.notFound() && e.code() != 403) {
        throw e;
      }
    }
  }
}
