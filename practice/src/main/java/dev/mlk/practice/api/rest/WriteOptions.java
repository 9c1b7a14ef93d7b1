package dev.mlk.practice.api.rest;

import dev.mlk.practice.api.admission.Attempt;
import dev.mlk.practice.api.wire.Call;
import dev.mlk.practice.api.wire.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** The options of a write as an object, as webhooks are shown them. */
final class WriteOptions {
  private WriteOptions() {}

  static JsonNode of(Action action, Attempt.Operation operation) {
    Call call = action.call();
    String kind =
        switch (operation) {
          case CREATE -> "CreateOptions";
          case UPDATE -> "UpdateOptions";
          case DELETE -> "DeleteOptions";
          case CONNECT -> "";
        };
    if (kind.isEmpty()) {
      return NullNode.getInstance();
    }
    ObjectNode options = Json.object().put("kind", kind).put("apiVersion", "meta.k8s.io/v1");
    if (operation == Attempt.Operation.DELETE) {
      ObjectNode given = DeleteOptions.given(call);
      given.remove(List.of("kind", "apiVersion"));
      return options.setAll(given);
    }
    text(call, options, "fieldManager");
    text(call, options, "fieldValidation");
    if (!call.query("dryRun").isEmpty()) {
      options.putArray("dryRun").add(call.query("dryRun"));
    }
    return options;
  }

  private static void text(Call call, ObjectNode options, String name) {
    if (!call.query(name).isEmpty()) {
      options.put(name, call.query(name));
    }
  }
}
