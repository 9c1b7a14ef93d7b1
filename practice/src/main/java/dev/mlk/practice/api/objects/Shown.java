package dev.mlk.practice.api.objects;

import dev.mlk.practice.api.catalog.Served;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.api.wire.Metadata;
import dev.mlk.practice.store.Stored;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stored object as one version of its kind shows it: the bytes of a GET, and what selectors look
 * at. Kept with the stored value, for all lists and watches: what selectors look at from the write
 * on, the rest since its first use.
 */
final class Shown {
  private final Served served;
  private final Texts.Shared texts;
  private volatile byte[] bytes;
  private volatile Selectable selectable;

  private Shown(Served served, Texts.Shared texts) {
    this.served = served;
    this.texts = texts;
  }

  /** Of an object that is about to be stored. */
  static Shown of(Served served, ObjectNode object, Texts.Shared texts) {
    Shown shown = new Shown(served, texts);
    shown.selectable = selectable(served, object, texts);
    return shown;
  }

  static Shown of(Served served, Stored stored, Texts.Shared texts) {
    // Objects.equals sees at once that they are the same; a record's equals takes a microsecond.
    if (stored.note() instanceof Shown shown && Objects.equals(shown.served, served)) {
      return shown;
    }
    Shown shown = new Shown(served, texts);
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
    if (served.custom().isEmpty() && !served.translated()) {
      return stored.value();
    }
    ObjectNode object = Codec.decode(served, stored);
    served.rules().show(object);
    byte[] fresh = Json.write(object);
    // Mostly the version and the defaults are those that it was stored with.
    return Arrays.equals(fresh, stored.value()) ? stored.value() : fresh;
  }

  Selectable selectable(Stored stored) {
    Selectable made = selectable;
    if (made == null) {
      made = selectable(served, Codec.decode(served, stored), texts);
      selectable = made;
    }
    return made;
  }

  private static Selectable selectable(Served served, ObjectNode object, Texts.Shared texts) {
    Map<String, String> fields = new HashMap<>(served.rules().selectableFields(object));
    fields.put("metadata.name", Metadata.name(object));
    fields.put("metadata.namespace", Metadata.namespace(object));
    Map<String, String> labels = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> label : object.path("metadata").path("labels").properties()) {
      labels.put(label.getKey(), label.getValue().asString(""));
    }
    return new Selectable(Texts.of(labels, texts), Texts.of(fields, texts));
  }
}
