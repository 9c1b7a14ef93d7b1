package dev.mlk.practice.api.rest;

import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.api.wire.Metadata;
import dev.mlk.practice.store.Change;
import dev.mlk.practice.store.Stored;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes watch events, one JSON object to a line, for one watch. */
final class EventWriter {
  private final Action action;
  private final Reading.Selection selection;
  private final Objects objects;
  private final Rendering rendering;
  private final boolean asShown;
  private boolean first = true;

  EventWriter(Action action, Reading.Selection selection, Objects objects, Rendering rendering) {
    this.action = action;
    this.selection = selection;
    this.objects = objects;
    this.rendering = rendering;
    this.asShown = action.accepts().as().isEmpty();
  }

  /** An object that is there when the watch begins. */
  void present(Stored stored, ByteArrayOutputStream out) {
    if (selected(stored)) {
      line("ADDED", bytes(stored), out);
    }
  }

  /** A change; what the selection does not let through is not written. */
  void change(Change change, ByteArrayOutputStream out) {
    boolean was = change.previous().map(this::selected).orElse(false);
    boolean deleted = change.type() == Change.Type.DELETED;
    boolean is = !deleted && selected(change.now());
    if (is) {
      line(was ? "MODIFIED" : "ADDED", bytes(change.now()), out);
    } else if (was && deleted) {
      line("DELETED", bytes(change.now()), out);
    } else if (was) {
      ObjectNode last = objects.decode(action.served(), change.previous().orElseThrow());
      Metadata.of(last).put("resourceVersion", Long.toString(change.revision()));
      line("DELETED", rendered(last), out);
    }
  }

  private boolean selected(Stored stored) {
    return selection.everything() || selection.matches(objects.selectable(action.served(), stored));
  }

  /** A bookmark; the one that ends the initial events says so. */
  void bookmark(long revision, boolean endsInitial, ByteArrayOutputStream out) {
    ObjectNode object = Json.object();
    object.put("kind", action.served().resource().kind());
    object.put("apiVersion", action.served().resource().apiVersion());
    ObjectNode metadata = object.putObject("metadata");
    metadata.put("resourceVersion", Long.toString(revision));
    if (endsInitial) {
      metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
    }
    if (action.accepts().metadataOnly()) {
      object.put("kind", "PartialObjectMetadata");
      object.put("apiVersion", "meta.k8s.io/" + action.accepts().version());
    } else if (action.accepts().table()) {
      object = rendering.event(action, object, first);
      object.putArray("rows");
    }
    line("BOOKMARK", Json.write(object), out);
  }

  /** An ERROR event. */
  static byte[] error(JsonNode status) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    line("ERROR", Json.write(status), out);
    return out.toByteArray();
  }

  private byte[] bytes(Stored stored) {
    return asShown
        ? objects.shown(action.served(), stored)
        : rendered(objects.decode(action.served(), stored));
  }

  private byte[] rendered(ObjectNode object) {
    byte[] bytes = Json.write(rendering.event(action, object, first));
    first = false;
    return bytes;
  }

  private static void line(String type, byte[] object, ByteArrayOutputStream out) {
    out.writeBytes(("{\"type\":\"" + type + "\",\"object\":").getBytes(StandardCharsets.UTF_8));
    out.writeBytes(object);
    out.write('}');
    out.write('\n');
  }
}
