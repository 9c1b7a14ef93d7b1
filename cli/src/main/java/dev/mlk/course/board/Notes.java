package dev.mlk.course.board;

import dev.mlk.facts.Reader;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.JsonText;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resources;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The notes of a cluster: a ConfigMap for each learner who wants to be seen, in the learner's own
 * namespace, found by its label.
 */
public final class Notes {
  /** The label that notes have; its value is {@code note}. */
  public static final String LABEL = "mlk.dev/board";

  private static final String KEY = "note.json";
  private static final String PREFIX = "mlk-board-";
  private static final int LONGEST_NAME = 40;

  private final ApiClient client;

  /** The notes that this client may see. */
  public Notes(ApiClient client) {
    this.client = client;
  }

  /**
   * All of them, by namespace and name.
   *
   * @param namespace one namespace, empty for all
   */
  public List<Note> read(String namespace) {
    List<Note> notes = new ArrayList<>();
    Request request =
        Request.of("GET", Resources.CONFIG_MAPS.path(namespace)).query("labelSelector", LABEL);
    new Reader(client)
        .each(
            request,
            Reader.UNREAD,
            item -> {
              String where = item.path("metadata").path("namespace").asString("");
              notes.add(Note.read(where, item.path("data").path(KEY).asString("")));
            });
    notes.sort(Comparator.comparing(Note::namespace).thenComparing(Note::learner));
    return notes;
  }

  /** Writes a learner's note, new or over the one before. */
  public void write(Note note) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("apiVersion", "v1").put("kind", "ConfigMap");
    ObjectNode metadata = object.putObject("metadata");
    metadata.put("name", name(note.learner())).put("namespace", note.namespace());
    metadata.putObject("labels").put(LABEL, "note");
    object.putObject("data").put(KEY, note.text());
    client.call(
        Request.of("PATCH", Resources.CONFIG_MAPS.path(note.namespace(), name(note.learner())))
            .query("fieldManager", "mlk")
            .query("force", "true")
            .body("application/apply-patch+yaml", JsonText.bytes(object)));
  }

  /** Takes a learner's note away. */
  public void remove(String namespace, String learner) {
    client.deleteIfThere(Resources.CONFIG_MAPS, namespace, name(learner));
  }

  /** A legal name made of the learner's. */
  static String name(String learner) {
    String plain = learner.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String cut = plain.substring(0, Math.min(LONGEST_NAME, plain.length()));
    // What was left out still tells two learners apart.
    String rest = cut.equals(learner) ? "" : "-" + Integer.toHexString(learner.hashCode());
    return PREFIX + cut.replaceAll("^-+|-+$", "") + rest;
  }
}
