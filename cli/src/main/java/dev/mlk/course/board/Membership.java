package dev.mlk.course.board;

import dev.mlk.format.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether this learner wants to be on the board, and what was last written there: a file of the
 * learner's own, so that who has not joined costs no request and leaves no trace.
 */
final class Membership {
  /**
   * What was last written.
   *
   * @param learner the name on the board
   * @param note the last note, empty before the first
   */
  record Joined(String learner, Optional<Note> note) {}

  private final Path file;

  /** The membership that a home of mlk's state holds. */
  Membership(Path state) {
    this.file = state.resolve("course").resolve("board.json");
  }

  /** The membership, if there is one. */
  Optional<Joined> find() {
    try {
      JsonNode text = Json.read(Files.readString(file));
      String note = text.path("note").asString("");
      String namespace = text.path("namespace").asString("");
      Optional<Note> last =
          note.isEmpty() ? Optional.empty() : Optional.of(Note.read(namespace, note));
      return Optional.of(new Joined(text.path("learner").asString(""), last));
    } catch (IOException | JacksonException e) {
      return Optional.empty();
    }
  }

  /** Joins, or notes what was written. */
  void keep(Joined joined) {
    ObjectNode text = Json.object();
    text.put("learner", joined.learner);
    joined.note.ifPresent(note -> text.put("namespace", note.namespace()).put("note", note.text()));
    try {
      Files.createDirectories(file.getParent());
      Path fresh = Files.createTempFile(file.getParent(), "board", ".json");
      Files.writeString(fresh, Json.write(text) + "\n");
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Leaves. */
  void end() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
