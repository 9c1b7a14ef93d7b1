package dev.mlk.practice.api.rest;

import dev.mlk.practice.api.admission.Admission;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.wire.Answer;
import dev.mlk.practice.api.wire.Metadata;
import dev.mlk.practice.kubelet.PodStreams;
import dev.mlk.practice.status.ApiError;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/** The verbs, for whoever has read, authenticated and allowed a call. */
public final class Verbs {
  private final Objects objects;
  private final Rendering rendering;
  private final Reading reading;
  private final Watching watching;
  private final Writing writing;
  private final Removing removing;
  private final Connecting connecting;

  /** The verbs over the objects there are. */
  public Verbs(
      Objects objects,
      Admission admission,
      PodStreams pods,
      InstantSource clock,
      RandomGenerator random) {
    this.objects = objects;
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
    this.connecting = new Connecting(objects, pods);
  }

  /**
   * Does it.
   *
   * @param verb get, list, watch, create, update, patch, delete or deletecollection
   */
  public Answer handle(String verb, Action action) {
    return switch (action.subresource()) {
      case "", "status" -> plain(verb, action);
      case "finalize" -> finalizeNamespace(verb, action);
      case "exec", "attach", "portforward" -> connecting.connect(verb, action);
      default -> throw ApiError.noSuchResource();
    };
  }

  private Answer plain(String verb, Action action) {
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
    ObjectNode spec = (ObjectNode) wanted.path("spec").deepCopy();
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
