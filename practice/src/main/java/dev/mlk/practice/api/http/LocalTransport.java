package dev.mlk.practice.api.http;

import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import dev.mlk.kube.Transport;
import dev.mlk.practice.api.wire.Answer;
import dev.mlk.practice.api.wire.Call;
import dev.mlk.practice.api.wire.Credentials;
import dev.mlk.practice.api.wire.Handler;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Calls from within the process, with the owner's rights. */
public final class LocalTransport implements Transport {
  private final Handler handler;

  /** A transport to that handler. */
  public LocalTransport(Handler handler) {
    this.handler = handler;
  }

  @Override
  public Reply send(Request request) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    request.query().forEach((name, value) -> query.put(name, List.of(value)));
    Map<String, List<String>> headers = new LinkedHashMap<>();
    request
        .headers()
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    Answer answer =
        handler.handle(
            new Call(
                request.method(),
                request.path(),
                query,
                headers,
                request.body(),
                new Credentials.Owner()));
    Map<String, String> told = new LinkedHashMap<>();
    told.put("content-type", answer.type());
    if (!answer.warnings().isEmpty()) {
      told.put("warning", answer.warningHeader());
    }
    answer.headers().forEach((name, values) -> told.put(name, values.getFirst()));
    InputStream body = answer.stream().orElseGet(() -> new ByteArrayInputStream(answer.body()));
    return new Reply(answer.status(), told, body);
  }

  /** Nothing to close: the server lives on. */
  @Override
  public void close() {}
}
