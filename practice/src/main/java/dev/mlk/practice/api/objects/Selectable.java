package dev.mlk.practice.api.objects;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What selectors look at. Shared: not to be changed.
 *
 * @param labels {@code metadata.labels}, missing when there are none
 * @param fields the selectable fields' values by field label
 */
public record Selectable(JsonNode labels, Map<String, String> fields) {}
