package dev.mlk.practice.api.webhook;

import dev.mlk.kube.Endpoint;
import dev.mlk.kube.HttpTransport;
import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import dev.mlk.practice.api.wire.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One question to one webhook over HTTPS. */
final class WebhookCall {
  private static final String HEAD = "failed to call webhook: ";

  /** No sensible answer is longer. */
  private static final int LONGEST_ANSWER = 3 << 20;

  private final JsonNode client;
  private final int seconds;
  private final Services services;

  WebhookCall(JsonNode webhook, Services services) {
    this.client = webhook.path("clientConfig");
    this.seconds = webhook.path("timeoutSeconds").asInt(10);
    this.services = services;
  }

  /** The answer; the exception says in the server's words why there is none. */
  JsonNode send(ObjectNode review) throws CallException {
    URI shown = shown();
    try {
      return within(Duration.ofSeconds(seconds), () -> exchange(shown, review));
    } catch (TimeoutException e) {
      throw failed(shown, "context deadline exceeded");
    } catch (IOException e) {
      throw failed(shown, reason(e, shown));
    }
  }

  /** The address as messages show it. */
  private URI shown() {
    JsonNode service = client.path("service");
    if (!service.isObject()) {
      URI url = URI.create(client.path("url").asString(""));
      return url.getRawPath().isEmpty() ? url.resolve("/") : url;
    }
    String path = service.path("path").asString("");
    return URI.create(
        "https://"
            + service.path("name").asString("")
            + "."
            + service.path("namespace").asString("")
            + ".svc:"
            + service.path("port").asInt(443)
            + (path.startsWith("/") ? path : "/" + path));
  }

  private CallException failed(URI shown, String why) {
    return new CallException(HEAD + "Post \"" + shown + "?timeout=" + seconds + "s\": " + why);
  }

  private JsonNode exchange(URI shown, ObjectNode review) throws IOException, CallException {
    Endpoint endpoint = Endpoint.at(shown.resolve("/"));
    JsonNode service = client.path("service");
    if (service.isObject()) {
      try {
        URI address =
            services.find(
                service.path("namespace").asString(""),
                service.path("name").asString(""),
                service.path("port").asInt(443));
        endpoint = Endpoint.at(address).serverName(shown.getHost());
      } catch (CallException e) {
        throw failed(shown, e.getMessage());
      }
    }
    String bundle = client.path("caBundle").asString("");
    if (!bundle.isEmpty()) {
      endpoint = endpoint.trusting(Base64.getMimeDecoder().decode(bundle));
    }
    Duration limit = Duration.ofSeconds(seconds);
    Request request =
        Request.of("POST", shown.getRawPath())
            .query("timeout", seconds + "s")
            .header("Accept", "application/json, */*")
            .header("User-Agent", "kube-apiserver-admission")
            .body("application/json", Json.write(review));
    try (HttpTransport transport = new HttpTransport(endpoint, limit, limit);
        Reply reply = transport.send(request)) {
      return read(reply);
    }
  }

  private static JsonNode read(Reply reply) throws IOException, CallException {
    byte[] body = reply.body().readNBytes(LONGEST_ANSWER);
    if (reply.status() == 404) {
      throw new CallException(HEAD + "the server could not find the requested resource");
    }
    boolean json = reply.headers().getOrDefault("content-type", "").contains("json");
    if (reply.status() / 100 != 2) {
      String text = json ? "unknown" : new String(body, StandardCharsets.UTF_8).strip();
      throw new CallException(
          HEAD
              + "an error on the server (\""
              + text
              + "\") has prevented the request from succeeding");
    }
    try {
      JsonNode answer = Json.read(body);
      if (answer.isObject()) {
        return answer;
      }
    } catch (JacksonException e) {
      // Said below in the server's words.
    }
    throw new CallException(
        HEAD
            + "couldn't get version/kind; json parse error: json: cannot unmarshal string into Go"
            + " value of type struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\";"
            + " Kind string \"json:\\\"kind,omitempty\\\"\" }");
  }

  private static String reason(IOException e, URI shown) {
    String text = String.valueOf(e.getMessage());
    String address = shown.getHost() + ":" + (shown.getPort() < 0 ? 443 : shown.getPort());
    if (e instanceof ConnectException) {
      return "dial tcp " + address + ": connect: connection refused";
    }
    if (e instanceof UnknownHostException) {
      return "dial tcp: lookup " + shown.getHost() + ": no such host";
    }
    if (e instanceof SSLException && text.contains("PKIX")) {
      return "tls: failed to verify certificate: x509: certificate signed by unknown authority";
    }
    if (e instanceof SSLException && (text.contains("No name") || text.contains("No subject"))) {
      return "tls: failed to verify certificate: x509: certificate is not valid for any names, but"
          + " wanted to match "
          + shown.getHost();
    }
    return text;
  }

  /** Something that takes its time. */
  @FunctionalInterface
  private interface Slow {
    JsonNode run() throws IOException, CallException;
  }

  private static JsonNode within(Duration limit, Slow slow)
      throws TimeoutException, IOException, CallException {
    FutureTask<JsonNode> task = new FutureTask<>(slow::run);
    Thread thread = Thread.ofVirtual().name("webhook").start(task);
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      throw e;
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case CallException call -> throw call;
        case UnresolvedAddressException _ -> throw new UnknownHostException("unknown host");
        default -> throw new IOException(String.valueOf(e.getCause()), e.getCause());
      }
    }
  }
}
