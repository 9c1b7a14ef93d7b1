package dev.mlk.practice.api.rest;

import dev.mlk.kube.Resource;
import dev.mlk.practice.api.access.Reviews;
import dev.mlk.practice.api.admission.Admission;
import dev.mlk.practice.api.catalog.CustomKind;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.proxy.Proxy;
import dev.mlk.practice.api.wire.Answer;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.api.wire.Metadata;
import dev.mlk.practice.kubelet.PodStreams;
import dev.mlk.practice.status.ApiError;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/** The verbs, for whoever has read, authenticated and allowed a call. */
public final class Verbs {
  private static final Resource TOKEN_REQUEST =
      Resource.namespaced("authentication.k8s.io", "v1", "tokenrequests", "TokenRequest");
  private final Objects objects;
  private final Reviews reviews;
  private final Rendering rendering;
  private final Reading reading;
  private final Watching watching;
  private final Writing writing;
  private final Removing removing;
  private final Connecting connecting;
  private final Logs logs;
  private final PodChanges podChanges;
  private final Scaling scaling;
  private final ComputedReading computed;
  private final Proxy proxy;

  /** The verbs over the objects there are. */
  public Verbs(
      Objects objects,
      Admission admission,
      Reviews reviews,
      PodStreams pods,
      InstantSource clock,
      RandomGenerator random) {
    this.objects = objects;
    this.reviews = reviews;
    this.rendering = new Rendering(clock);
    this.reading = new Reading(objects, rendering);
    this.watching = new Watching(objects, rendering);
    this.writing =
        new Writing(
            objects,
            admission,
            new MetadataRules(clock, random),
            rendering,
            new FieldTracking(clock));
    this.removing = new Removing(objects, admission, rendering, clock);
    this.connecting = new Connecting(objects, pods, admission);
    this.logs = new Logs(objects, pods, clock);
    this.podChanges = new PodChanges(objects, removing, admission, clock);
    this.scaling = new Scaling(objects, writing, rendering);
    this.proxy = new Proxy(objects, pods, random);
    Map<String, Computed> kinds =
        new HashMap<>(new Metrics(pods::usage, objects::find, clock).kinds());
    kinds.put("apiservices.apiregistration.k8s.io", new ApiServices(objects));
    this.computed = new ComputedReading(kinds, clock);
  }

  /**
   * Does it.
   *
   * @param verb get, list, watch, create, update, patch, delete or deletecollection
   */
  public Answer handle(String verb, Action action) {
    String deprecation =
        action
            .served()
            .custom()
            .map(CustomKind::deprecation)
            .orElseGet(action.served().rules()::deprecation);
    if (!deprecation.isEmpty()) {
      action.warnings().add(deprecation);
    }
    if (action.served().resource().group().startsWith("auth")
        && action.served().resource().group().endsWith("ation.k8s.io")) {
      return review(action);
    }
    return switch (action.subresource()) {
      case "", "status", "ephemeralcontainers", "resize" -> plain(verb, action);
      case "finalize" -> finalizeNamespace(verb, action);
      case "token" -> token(action);
      case "log" -> {
        if (!verb.equals("get")) {
          throw ApiError.methodNotAllowed();
        }
        yield logs.log(action);
      }
      case "scale" -> scaling.handle(verb, action);
      case "binding" -> podChanges.bind(action);
      case "eviction" -> podChanges.evict(action);
      case "exec", "attach", "portforward" -> connecting.connect(verb, action);
      case "proxy" -> {
        connecting.admit(action);
        yield proxy.answer(
            action.call(), action.served().resource().plural(), action.namespace(), action.name());
      }
      default -> throw ApiError.noSuchResource();
    };
  }

  private Answer review(Action action) {
    ObjectNode review = Bodies.object(action);
    String kind = action.served().resource().kind();
    return rendering.one(
        action, 201, reviews.answer(kind, action.user(), action.namespace(), review));
  }

  private Answer token(Action action) {
    ObjectNode request = Bodies.object(action, TOKEN_REQUEST, Optional.empty());
    return rendering.one(action, 201, reviews.token(action.namespace(), action.name(), request));
  }

  private Answer plain(String verb, Action action) {
    Optional<Answer> known = computed.find(verb, action);
    if (known.isPresent()) {
      return known.get();
    }
    return switch (verb) {
      case "get" -> reading.get(action);
      case "list" -> reading.list(action);
      case "watch" -> watching.watch(action);
      case "create" -> writing.create(action);
      case "update" -> writing.update(action);
      case "patch" -> writing.patch(action);
      case "delete" -> removing.delete(action);
      case "deletecollection" -> removing.deleteCollection(action);
      default -> throw ApiError.methodNotAllowed();
    };
  }

  /** Takes the finalizers of a namespace's spec; the last one gone ends it. */
  private Answer finalizeNamespace(String verb, Action action) {
    if (!verb.equals("update")) {
      throw ApiError.methodNotAllowed();
    }
    ObjectNode wanted = Bodies.object(action);
    ObjectNode spec = Json.child(wanted, "spec").deepCopy();
    ObjectNode changed =
        objects
            .find(action.served(), "", action.name())
            .orElseThrow(() -> ApiError.notFound(action.served().resource(), action.name()));
    while (true) {
      ObjectNode next = changed.deepCopy();
      next.set("spec", spec);
      long revision = Objects.revision(changed);
      var written =
          Removing.endsWith(next)
              ? objects.delete(action.served(), next, revision)
              : objects.update(action.served(), next, revision);
      if (written.isPresent()) {
        return rendering.one(action, 200, written.get());
      }
      changed =
          objects
              .find(action.served(), "", Metadata.name(wanted))
              .orElseThrow(() -> ApiError.notFound(action.served().resource(), action.name()));
    }
  }
}
