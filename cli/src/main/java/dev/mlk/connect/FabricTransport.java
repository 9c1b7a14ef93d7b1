package dev.mlk.connect;

import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import dev.mlk.kube.Transport;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Requests through fabric8's HTTP client: for tokens of auth providers, encrypted keys, several
 * groups to act as, and all else that {@link dev.mlk.kube.HttpTransport} leaves out. It costs about
 * a second to start, so its classes load only when a kubeconfig needs it.
 */
final class FabricTransport implements Transport {
  private final HttpClient client;
  private final String server;

  /** A transport for a whole configuration: address, trust, credentials, proxy. */
  FabricTransport(Config config) {
    String master = config.getMasterUrl();
    server = master.endsWith("/") ? master.substring(0, master.length() - 1) : master;
    client = new JdkHttpClientFactory().newBuilder(config).build();
  }

  @Override
  public Reply send(Request request) throws IOException {
    HttpRequest.Builder builder =
        client.newHttpRequestBuilder().uri(server + request.path() + query(request.query()));
    String contentType = null;
    for (Map.Entry<String, String> header : request.headers().entrySet()) {
      if (header.getKey().equalsIgnoreCase("Content-Type")) {
        contentType = header.getValue();
      } else {
        builder.setHeader(header.getKey(), header.getValue());
      }
    }
    if (request.body().length > 0) {
      builder.method(
          request.method(),
          contentType,
          new ByteArrayInputStream(request.body()),
          request.body().length);
    } else {
      builder.method(request.method(), contentType, "");
    }
    builder.forStreaming();
    HttpResponse<InputStream> response =
        await(client.sendAsync(builder.build(), InputStream.class));
    Map<String, String> headers = new HashMap<>();
    for (Map.Entry<String, List<String>> header : response.headers().entrySet()) {
      headers.put(header.getKey().toLowerCase(Locale.ROOT), String.join(", ", header.getValue()));
    }
    return new Reply(response.code(), headers, response.body());
  }

  private static <T> T await(CompletableFuture<T> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      future.cancel(true);
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException(e.getCause().getMessage(), e.getCause());
    }
  }

  private static String query(Map<String, String> query) {
    var text = new StringBuilder();
    for (Map.Entry<String, String> parameter : query.entrySet()) {
      text.append(text.isEmpty() ? '?' : '&');
      text.append(URLEncoder.encode(parameter.getKey(), StandardCharsets.UTF_8)).append('=');
      text.append(URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8));
    }
    return text.toString();
  }

  @Override
  public void close() {
    client.close();
  }
}
