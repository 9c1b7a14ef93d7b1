package dev.mlk.practice.api.rest;

import dev.mlk.practice.api.catalog.Served;
import dev.mlk.practice.api.objects.Codec;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.wire.Accepts;
import dev.mlk.practice.api.wire.Answer;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.api.wire.Pieces;
import dev.mlk.practice.store.Stored;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lists as they are sent: an envelope around the items. Whole objects are sent as they are stored,
 * without being copied or read; what shows them otherwise is read and written one by one, so that
 * there are never the trees of thousands.
 */
final class Lists {
  private static final byte[] END = bytes("]}");
  private final Objects objects;
  private final Rendering rendering;

  Lists(Objects objects, Rendering rendering) {
    this.objects = objects;
    this.rendering = rendering;
  }

  Answer answer(Action action, Page page) {
    Accepts accepts = action.accepts();
    Served served = action.served();
    boolean whole = accepts.as().isEmpty();
    ObjectNode envelope =
        rendering.envelope(action, page.metadata(whole && served.custom().isPresent()));
    if (accepts.yaml()) {
      ArrayNode items = (ArrayNode) envelope.get(accepts.table() ? "rows" : "items");
      page.values()
          .forEach(stored -> items.add(rendering.item(action, objects.decode(served, stored))));
      return Answer.of(200, accepts.contentType(), accepts.write(envelope))
          .warning(action.warnings());
    }
    Pieces pieces =
        whole
            ? stored(envelope, served, page.values())
            : rendered(
                envelope,
                page.values(),
                stored -> rendering.item(action, objects.decode(served, stored)));
    return Answer.stream(accepts.contentType(), pieces).warning(action.warnings());
  }

  private Pieces stored(ObjectNode envelope, Served served, List<Stored> values) {
    boolean custom = served.custom().isPresent();
    // Items of built-in kinds come without kind and apiVersion, which are their first members.
    int cut =
        custom ? 0 : Codec.head(served.resource().apiVersion(), served.resource().kind()).length;
    byte[] before = bytes(custom ? "" : "{");
    byte[] between = bytes(custom ? "," : ",{");
    List<Pieces.Piece> pieces = begin(envelope, values.size());
    for (Stored value : values) {
      pieces.add(whole(before));
      pieces.add(new Pieces.Piece(objects.shown(served, value), cut));
      before = between;
    }
    pieces.add(whole(END));
    return new Pieces(pieces);
  }

  private static Pieces rendered(
      ObjectNode envelope, List<Stored> values, Function<Stored, ObjectNode> item) {
    byte[] between = bytes(",");
    List<Pieces.Piece> pieces = begin(envelope, values.size());
    for (Stored value : values) {
      if (pieces.size() > 1) {
        pieces.add(whole(between));
      }
      pieces.add(whole(Json.write(item.apply(value))));
    }
    pieces.add(whole(END));
    return new Pieces(pieces);
  }

  /** Begins with the envelope up to where its items come. */
  private static List<Pieces.Piece> begin(ObjectNode envelope, int items) {
    List<Pieces.Piece> pieces = new ArrayList<>(2 * items + 2);
    byte[] all = Json.write(envelope);
    pieces.add(whole(Arrays.copyOf(all, all.length - END.length)));
    return pieces;
  }

  private static Pieces.Piece whole(byte[] bytes) {
    return new Pieces.Piece(bytes, 0);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
