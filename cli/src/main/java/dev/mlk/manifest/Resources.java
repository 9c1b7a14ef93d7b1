package dev.mlk.manifest;

import dev.mlk.practice.quantity.Quantity;
import dev.mlk.practice.schema.TypeSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The rules for devices: whole numbers, and a request only with an equal limit. */
final class Resources {
  /** One finding, by path. */
  record Found(String path, String what, String expected, String suggestion) {}

  private Resources() {}

  static List<Found> check(String path, JsonNode value, TypeSchema type) {
    List<Found> found = new ArrayList<>();
    if (!type.name().endsWith("ResourceRequirements")) {
      return found;
    }
    for (String list : List.of("limits", "requests")) {
      for (Map.Entry<String, JsonNode> entry : value.path(list).properties()) {
        Optional<Quantity> amount = Quantity.parse(entry.getValue().asString(""));
        if (!entry.getKey().contains("/") || amount.isEmpty()) {
          continue;
        }
        String at = path + "." + list + "." + entry.getKey();
        if (!amount.get().whole()) {
          found.add(
              new Found(
                  at,
                  entry.getKey() + " is " + entry.getValue().asString(),
                  "a whole number of devices",
                  "a device cannot be divided by a request; sharing one is the cluster's business (time slicing, MIG)"));
        }
        if (list.equals("requests")) {
          Optional<Quantity> limit =
              Quantity.parse(value.path("limits").path(entry.getKey()).asString(""));
          if (limit.isEmpty()) {
            found.add(
                new Found(
                    at,
                    entry.getKey() + " is requested without a limit",
                    "the same number under limits",
                    "limits: {"
                        + entry.getKey()
                        + ": "
                        + entry.getValue().asString()
                        + "} alone is enough"));
          } else if (limit.get().compareTo(amount.get()) != 0) {
            found.add(
                new Found(
                    at,
                    entry.getKey()
                        + " has a request of "
                        + amount.get()
                        + " and a limit of "
                        + limit.get(),
                    "the same number in both",
                    "devices cannot be overcommitted"));
          }
        }
      }
    }
    return found;
  }
}
