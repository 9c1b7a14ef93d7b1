package dev.mlk.practice.api.rest;

import dev.mlk.practice.api.catalog.Served;
import dev.mlk.practice.api.objects.Codec;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.objects.Selectable;
import dev.mlk.practice.api.selector.FieldSelector;
import dev.mlk.practice.api.selector.LabelSelector;
import dev.mlk.practice.api.wire.Accepts;
import dev.mlk.practice.api.wire.Answer;
import dev.mlk.practice.api.wire.Call;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.api.wire.Pieces;
import dev.mlk.practice.status.ApiError;
import dev.mlk.practice.store.Snapshot;
import dev.mlk.practice.store.StoreException;
import dev.mlk.practice.store.Stored;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
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

  Reading(Objects objects, Rendering rendering) {
    this.objects = objects;
    this.rendering = rendering;
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
    Selection selection = Selection.of(action);
    Page page = page(action, selection);
    if (action.accepts().equals(Accepts.PLAIN)) {
      return Answer.stream("application/json", pieces(action.served(), page))
          .warning(action.warnings());
    }
    List<ObjectNode> items =
        page.values().stream().map(stored -> objects.decode(action.served(), stored)).toList();
    ObjectNode list;
    if (action.accepts().as().isEmpty()) {
      list = Json.object();
      list.put("kind", Rendering.listKind(action.served()));
      list.put("apiVersion", action.served().resource().apiVersion());
      list.set("metadata", page.metadata(action.served().custom().isPresent()));
      var array = list.putArray("items");
      boolean bare = action.served().custom().isEmpty();
      items.forEach(item -> array.add(bare ? item.remove(List.of("kind", "apiVersion")) : item));
    } else {
      list = rendering.reduced(action, items, page.metadata(false));
    }
    return Answer.of(200, action.accepts().contentType(), action.accepts().write(list))
        .warning(action.warnings());
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

    boolean matches(Selectable object) {
      return labels.matchesLabels(object.labels()) && fields.matches(object.fields());
    }
  }

  /** A part of a collection at a revision. */
  private record Page(long revision, List<Stored> values, Optional<String> next, long remaining) {
    ObjectNode metadata(boolean always) {
      ObjectNode metadata = Json.object();
      metadata.put("resourceVersion", Long.toString(revision));
      next.ifPresentOrElse(
          token -> {
            metadata.put("continue", token);
            if (remaining > 0) {
              metadata.put("remainingItemCount", remaining);
            }
          },
          () -> {
            if (always) {
              metadata.put("continue", "");
            }
          });
      return metadata;
    }
  }

  private Page page(Action action, Selection selection) {
    Call call = action.call();
    String prefix = action.served().prefix(action.namespace());
    String token = call.query("continue");
    String start = "";
    Snapshot snapshot;
    if (token.isEmpty()) {
      snapshot = snapshot(call, prefix);
    } else {
      JsonNode position = position(token);
      start = position.path("start").asString("");
      snapshot = listAt(prefix, position.path("rv").asLong(), true);
    }
    long limit = call.number("limit").filter(number -> number > 0).orElse(Long.MAX_VALUE);
    List<Stored> values = new ArrayList<>();
    String last = start;
    long rest = 0;
    for (Stored stored : snapshot.values()) {
      if (!start.isEmpty() && stored.key().compareTo(start) <= 0) {
        continue;
      }
      if (!selection.everything()
          && !selection.matches(objects.selectable(action.served(), stored))) {
        continue;
      }
      if (values.size() < limit) {
        values.add(stored);
        last = stored.key();
      } else {
        rest++;
      }
    }
    Optional<String> next = rest == 0 ? Optional.empty() : Optional.of(token(snapshot, last));
    return new Page(snapshot.revision(), values, next, selection.everything() ? rest : 0);
  }

  private Snapshot snapshot(Call call, String prefix) {
    Optional<Long> asked = revisionAsked(call);
    asked.ifPresent(this::refuseFuture);
    if (asked.isPresent() && call.query("resourceVersionMatch").equals("Exact")) {
      return listAt(prefix, asked.get(), false);
    }
    return objects.store().list(prefix);
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

  /** The list's bytes, made of the items' bytes without copying or reading them. */
  private Pieces pieces(Served served, Page page) {
    boolean custom = served.custom().isPresent();
    // Items of built-in kinds come without kind and apiVersion, which are their first members.
    int cut = custom ? 0 : Codec.head(served.storedApiVersion(), served.resource().kind()).length;
    byte[] begin = bytes(custom ? "" : "{");
    byte[] between = bytes(custom ? "," : ",{");
    List<Pieces.Piece> pieces = new ArrayList<>(2 * page.values().size() + 2);
    pieces.add(whole(head(served, page)));
    byte[] before = begin;
    for (Stored stored : page.values()) {
      pieces.add(whole(before));
      pieces.add(new Pieces.Piece(objects.shown(served, stored), cut));
      before = between;
    }
    pieces.add(whole(bytes("]}")));
    return new Pieces(pieces);
  }

  private static byte[] head(Served served, Page page) {
    String kind = Rendering.listKind(served);
    String version = served.resource().apiVersion();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        bytes("{\"kind\":\"" + kind + "\",\"apiVersion\":\"" + version + "\",\"metadata\":"));
    out.writeBytes(Json.write(page.metadata(served.custom().isPresent())));
    out.writeBytes(bytes(",\"items\":["));
    return out.toByteArray();
  }

  private static Pieces.Piece whole(byte[] bytes) {
    return new Pieces.Piece(bytes, 0);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
