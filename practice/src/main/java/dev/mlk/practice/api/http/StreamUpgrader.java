package dev.mlk.practice.api.http;

import dev.mlk.practice.api.wire.Answer;
import dev.mlk.practice.api.wire.Call;
import dev.mlk.practice.api.wire.Credentials;
import dev.mlk.practice.api.wire.Handler;
import dev.mlk.practice.stream.Upgrade;
import dev.mlk.practice.stream.WatchMessages;
import io.helidon.http.Header;
import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import io.helidon.webserver.spi.ServerConnection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Upgrades the calls that lead to a pod's streams, and watches. All others, and those that are
 * refused, go the way of any call, which tells the reason.
 */
final class StreamUpgrader implements Http1Upgrader {
  private final String protocol;
  private final Handler handler;
  private final Pattern streams;
  private final boolean owner;

  StreamUpgrader(String protocol, Handler handler, Pattern streams, boolean owner) {
    this.protocol = protocol;
    this.handler = handler;
    this.streams = streams;
    this.owner = owner;
  }

  @Override
  public String supportedProtocol() {
    return protocol;
  }

  @Override
  public ServerConnection upgrade(
      ConnectionContext connection, HttpPrologue prologue, WritableHeaders<?> headers) {
    String path = prologue.uriPath().rawPathNoParams();
    boolean watch = List.of("true", "1").contains(prologue.query().first("watch").orElse(""));
    if (!watch && !streams.matcher(path).matches()) {
      return null;
    }
    Call call = call(connection, prologue, headers);
    Answer answer = handler.handle(call);
    Optional<Upgrade> upgraded =
        watch
            ? answer.stream().flatMap(events -> WatchMessages.of(call.headers(), events))
            : answer.upgrade();
    return upgraded.map(upgrade -> new UpgradedConnection(connection, upgrade)).orElse(null);
  }

  private Call call(
      ConnectionContext connection, HttpPrologue prologue, WritableHeaders<?> headers) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (String name : prologue.query().names()) {
      query.put(name, prologue.query().all(name));
    }
    Map<String, List<String>> named = new LinkedHashMap<>();
    for (Header header : headers) {
      named.put(header.name().toLowerCase(Locale.ROOT), header.allValues());
    }
    return new Call(
        prologue.method().text(),
        prologue.uriPath().rawPathNoParams(),
        query,
        named,
        new byte[0],
        owner ? new Credentials.Owner() : Listeners.credentials(connection.remotePeer()));
  }
}
