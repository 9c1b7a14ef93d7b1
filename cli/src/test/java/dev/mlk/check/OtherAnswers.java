package dev.mlk.check;

import dev.mlk.kube.JsonText;
import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import dev.mlk.kube.Transport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/** A real server, but for some paths: there it says what a fixture wants. */
final class OtherAnswers implements Transport {
  private final Transport server;
  private final JsonNode answers;

  OtherAnswers(Transport server, JsonNode answers) {
    this.server = server;
    this.answers = answers;
  }

  @Override
  public Reply send(Request request) throws IOException {
    JsonNode answer = answers.path(request.path());
    if (answer.isMissingNode()) {
      return server.send(request);
    }
    long end = System.nanoTime() + Duration.ofMillis(answer.path("wait").asLong(0)).toNanos();
    while (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    byte[] body =
        answer.has("text")
            ? answer.path("text").asString("").getBytes(StandardCharsets.UTF_8)
            : JsonText.bytes(answer.path("json"));
    return new Reply(answer.path("code").asInt(200), Map.of(), new ByteArrayInputStream(body));
  }

  @Override
  public void close() {
    server.close();
  }
}
