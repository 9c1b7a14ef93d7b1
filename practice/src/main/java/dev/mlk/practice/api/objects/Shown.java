package dev.mlk.practice.api.objects;

import dev.mlk.practice.api.catalog.Served;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.api.wire.Metadata;
import dev.mlk.practice.store.Stored;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stored object as one version of its kind shows it: the bytes of a GET, and what selectors look
 * at. Made at the first use and kept with the stored value, for all lists and watches.
 */
final class Shown {
  private final Served served;
  private volatile byte[] bytes;
  private volatile Selectable selectable;

  private Shown(Served served) {
    this.served = served;
  }

  static Shown of(Served served, Stored stored) {
    if (stored.note() instanceof Shown shown && shown.served.equals(served)) {
      return shown;
    }
    Shown shown = new Shown(served);
    stored.note(shown);
    return shown;
  }

  byte[] bytes(Stored stored) {
    byte[] made = bytes;
    if (made == null) {
      made = made(stored);
      bytes = made;
    }
    return made;
  }

  private byte[] made(Stored stored) {
    if (served.custom().isEmpty()) {
      return stored.value();
    }
    byte[] fresh = Json.write(Codec.decode(served, stored));
    // Mostly the version and the defaults are those that it was stored with.
    return Arrays.equals(fresh, stored.value()) ? stored.value() : fresh;
  }

  Selectable selectable(Stored stored) {
    Selectable made = selectable;
    if (made == null) {
      made = selectable(served, Codec.decode(served, stored));
      selectable = made;
    }
    return made;
  }

  private static Selectable selectable(Served served, ObjectNode object) {
    Map<String, String> fields = new HashMap<>(served.rules().selectableFields(object));
    fields.put("metadata.name", Metadata.name(object));
    fields.put("metadata.namespace", Metadata.namespace(object));
    JsonNode labels = object.path("metadata").path("labels");
    return new Selectable(labels, Map.copyOf(fields));
  }
}
