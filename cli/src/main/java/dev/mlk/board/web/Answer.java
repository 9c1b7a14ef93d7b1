package dev.mlk.board.web;

import dev.mlk.format.Json;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/**
 * What goes back to the browser.
 *
 * @param status the HTTP status
 * @param type the media type
 * @param body the bytes
 * @param file the name to save it under; empty when it is to be shown
 */
record Answer(int status, String type, byte[] body, String file) {
  static Answer json(JsonNode tree) {
    return json(Json.writeLine(tree));
  }

  static Answer json(String text) {
    return new Answer(200, "application/json", text.getBytes(StandardCharsets.UTF_8), "");
  }

  /** Comma separated values, to be saved. */
  static Answer csv(String text, String file) {
    return new Answer(200, "text/csv; charset=utf-8", text.getBytes(StandardCharsets.UTF_8), file);
  }

  static Answer refused(int status, String why) {
    byte[] line = (why + "\n").getBytes(StandardCharsets.UTF_8);
    return new Answer(status, "text/plain; charset=utf-8", line, "");
  }
}
