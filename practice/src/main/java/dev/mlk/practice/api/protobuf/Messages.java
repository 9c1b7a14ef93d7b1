package dev.mlk.practice.api.protobuf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The numbers, names and types of the fields of Kubernetes' messages, as its published definitions
 * (the .proto files of k8s.io/api 0.35) have them: one line a message.
 */
final class Messages {
  private final Map<String, Map<Integer, Field>> messages;

  private Messages(Map<String, Map<Integer, Field>> messages) {
    this.messages = messages;
  }

  /** Read when the first protobuf body comes, not before. */
  private static final class Once {
    static final Messages ALL = read();
  }

  static Messages all() {
    return Once.ALL;
  }

  Optional<Map<Integer, Field>> find(String message) {
    return Optional.ofNullable(messages.get(message));
  }

  private static Messages read() {
    try (InputStream in = Messages.class.getResourceAsStream("fields.txt")) {
      Map<String, Map<Integer, Field>> messages = new HashMap<>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .forEach(
              line -> {
                String[] parts = line.strip().split(" ", -1);
                Map<Integer, Field> fields = new HashMap<>();
                for (int i = 1; i < parts.length; i++) {
                  String[] field = parts[i].split(":", 3);
                  fields.put(Integer.valueOf(field[0]), Field.of(field[1], field[2]));
                }
                messages.put(parts[0], fields);
              });
      return new Messages(messages);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
