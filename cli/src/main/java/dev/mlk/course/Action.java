package dev.mlk.course;

import tools.jackson.databind.JsonNode;

/**
 * One thing that the course does: applies a manifest, copies a file.
 *
 * @param verb which, such as {@code apply}
 * @param value what of: a file's name, or the fields that the verb takes
 * @param refused whether the server is expected to refuse it
 * @param optional whether it does not matter how it ends
 * @param namespace where it is done; empty for the learner's namespace
 */
public record Action(
    String verb, JsonNode value, boolean refused, boolean optional, String namespace) {}
