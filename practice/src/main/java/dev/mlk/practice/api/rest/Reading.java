package dev.mlk.practice.api.rest;

import dev.mlk.practice.api.catalog.Served;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.objects.Selectable;
import dev.mlk.practice.api.objects.Words;
import dev.mlk.practice.api.selector.FieldSelector;
import dev.mlk.practice.api.selector.LabelSelector;
import dev.mlk.practice.api.wire.Accepts;
import dev.mlk.practice.api.wire.Answer;
import dev.mlk.practice.api.wire.Call;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.status.ApiError;
import dev.mlk.practice.store.Snapshot;
import dev.mlk.practice.store.StoreException;
import dev.mlk.practice.store.Stored;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Get and list. */
final class Reading {
  private final Objects objects;
  private final Rendering rendering;
  private final Lists lists;

  Reading(Objects objects, Rendering rendering) {
    this.objects = objects;
    this.rendering = rendering;
    this.lists = new Lists(objects, rendering);
  }

  Answer get(Action action) {
    Served served = action.served();
    revisionAsked(action.call()).ifPresent(this::refuseFuture);
    Stored stored =
        objects
            .store()
            .get(served.key(action.namespace(), action.name()))
            .orElseThrow(() -> ApiError.notFound(served.resource(), action.name()));
    if (action.accepts().equals(Accepts.PLAIN)) {
      return Answer.of(200, "application/json", objects.shown(served, stored))
          .warning(action.warnings());
    }
    return rendering.one(action, 200, objects.decode(served, stored));
  }

  Answer list(Action action) {
    return lists.answer(action, page(action, Selection.of(action)));
  }

  /** What a call selects of a collection. */
  record Selection(LabelSelector labels, FieldSelector fields) {
    static Selection of(Action action) {
      LabelSelector labels = LabelSelector.parse(action.call().query("labelSelector"));
      FieldSelector fields = FieldSelector.parse(action.call().query("fieldSelector"));
      fields.check(action.served().rules(), Json.object());
      return new Selection(labels, fields);
    }

    boolean everything() {
      return labels.everything() && fields.everything();
    }

    /** What all that it selects have, as an index knows it. */
    List<String> words() {
      List<String> words = new ArrayList<>();
      labels.exact().forEach((name, value) -> words.add(Words.label(name, value)));
      fields.exact(Words.FIELD).ifPresent(value -> words.add(Words.field(value)));
      return words;
    }

    boolean matches(Selectable object) {
      return labels.matchesLabels(object.labels()::get) && fields.matches(object.fields()::get);
    }
  }

  private Page page(Action action, Selection selection) {
    Call call = action.call();
    String prefix = action.served().prefix(action.namespace());
    String token = call.query("continue");
    Snapshot snapshot;
    List<Stored> values;
    if (token.isEmpty()) {
      snapshot = snapshot(action, selection);
      values = snapshot.values();
    } else {
      JsonNode position = position(token);
      snapshot = listAt(prefix, position.path("rv").asLong(), true);
      values = snapshot.after(position.path("start").asString(""));
    }
    if (!selection.everything()) {
      values = selected(action.served(), values, selection);
    }
    int limit =
        call.number("limit")
            .filter(number -> number > 0 && number < Integer.MAX_VALUE)
            .map(Long::intValue)
            .orElse(Integer.MAX_VALUE);
    if (values.size() <= limit) {
      return new Page(snapshot.revision(), values, Optional.empty(), 0);
    }
    String next = token(snapshot, values.get(limit - 1).key());
    long rest = selection.everything() ? values.size() - limit : 0;
    return new Page(snapshot.revision(), values.subList(0, limit), Optional.of(next), rest);
  }

  /** A loop: thousands of objects are looked at, and few chosen. */
  private List<Stored> selected(Served served, List<Stored> values, Selection selection) {
    List<Stored> chosen = new ArrayList<>();
    for (Stored stored : values) {
      if (selection.matches(objects.selectable(served, stored))) {
        chosen.add(stored);
      }
    }
    return chosen;
  }

  /** All that a selection may be found in. */
  private Snapshot snapshot(Action action, Selection selection) {
    Optional<Long> asked = revisionAsked(action.call());
    asked.ifPresent(this::refuseFuture);
    if (asked.isPresent() && action.call().query("resourceVersionMatch").equals("Exact")) {
      return listAt(action.served().prefix(action.namespace()), asked.get(), false);
    }
    return objects.candidates(action.served(), action.namespace(), selection.words());
  }

  private Snapshot listAt(String prefix, long revision, boolean continued) {
    try {
      return objects.store().listAt(prefix, revision);
    } catch (StoreException.Gone e) {
      throw ApiError.gone(
          continued
              ? "The provided continue parameter is too old to display a consistent list result."
                  + " You can start a new list without the continue parameter."
              : "The resourceVersion for the provided list is too old.");
    }
  }

  private void refuseFuture(long revision) {
    long current = objects.store().revision();
    if (revision > current) {
      throw tooLarge(revision, current);
    }
  }

  static ApiError tooLarge(long revision, long current) {
    ObjectNode details = Json.object();
    details
        .putArray("causes")
        .addObject()
        .put("reason", "ResourceVersionTooLarge")
        .put("message", "Too large resource version");
    details.put("retryAfterSeconds", 1);
    return ApiError.of(
        504,
        "Timeout",
        "Timeout: Too large resource version: " + revision + ", current: " + current,
        details);
  }

  /** The resourceVersion asked for; empty when none or "0". */
  private static Optional<Long> revisionAsked(Call call) {
    String text = call.query("resourceVersion");
    if (text.isEmpty() || text.equals("0")) {
      return Optional.empty();
    }
    return Optional.of(revision(text));
  }

  static long revision(String text) {
    try {
      return Long.parseUnsignedLong(text);
    } catch (NumberFormatException e) {
      throw ApiError.badRequest(
          "invalid resource version \""
              + text
              + "\": strconv.ParseUint: parsing \""
              + text
              + "\": invalid syntax");
    }
  }

  private static String token(Snapshot snapshot, String last) {
    ObjectNode position = Json.object();
    position.put("v", "meta.k8s.io/v1").put("rv", snapshot.revision()).put("start", last);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.write(position));
  }

  private static JsonNode position(String token) {
    try {
      return Json.read(Base64.getUrlDecoder().decode(token));
    } catch (IllegalArgumentException | JacksonException e) {
      throw ApiError.badRequest("continue key is not valid: " + e.getMessage());
    }
  }
}
