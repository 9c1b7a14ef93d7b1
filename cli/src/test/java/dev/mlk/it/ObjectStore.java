package dev.mlk.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** A folder as an object store that speaks as much of S3 as reading takes, to one key's holders. */
final class ObjectStore implements AutoCloseable {
  private final HttpServer server;
  private final String key;
  private final Map<String, Path> objects = new TreeMap<>();

  /**
   * Serves the files of a folder.
   *
   * @param key the access key of those who may read
   */
  ObjectStore(Path folder, String bucket, String key) throws IOException {
    this.key = key;
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        objects.put("/" + bucket + "/" + folder.relativize(file), file);
      }
    }
    server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String who = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
      Path object = objects.get(exchange.getRequestURI().getPath());
      if (!who.contains("Credential=" + key + "/")) {
        exchange.sendResponseHeaders(403, -1);
      } else if (exchange.getRequestURI().getRawQuery() != null) {
        byte[] list = list(exchange).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(200, list.length);
        exchange.getResponseBody().write(list);
      } else if (object == null) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        read(exchange, Files.readAllBytes(object));
      }
    }
  }

  private String list(HttpExchange exchange) {
    Map<String, String> query = new HashMap<>();
    for (String pair : exchange.getRequestURI().getQuery().split("&", -1)) {
      query.put(pair.replaceFirst("=.*", ""), pair.replaceFirst("[^=]*=?", ""));
    }
    String bucket = exchange.getRequestURI().getPath() + "/";
    String prefix = query.getOrDefault("prefix", "");
    StringBuilder contents = new StringBuilder();
    TreeSet<String> folders = new TreeSet<>();
    for (String name : objects.keySet()) {
      String object = name.startsWith(bucket) ? name.substring(bucket.length()) : "";
      if (!object.isEmpty() && object.startsWith(prefix)) {
        int slash = object.indexOf('/', prefix.length());
        if (slash >= 0 && query.containsKey("delimiter")) {
          folders.add(object.substring(0, slash + 1));
        } else {
          contents.append("<Contents><Key>").append(object).append("</Key></Contents>");
        }
      }
    }
    folders.forEach(
        folder ->
            contents
                .append("<CommonPrefixes><Prefix>")
                .append(folder)
                .append("</Prefix></CommonPrefixes>"));
    return "<ListBucketResult><IsTruncated>false</IsTruncated>" + contents + "</ListBucketResult>";
  }

  private static void read(HttpExchange exchange, byte[] bytes) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
      exchange.sendResponseHeaders(200, -1);
    } else if (range == null) {
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    } else {
      String[] ends = range.replace("bytes=", "").split("-", 2);
      int from = Integer.parseInt(ends[0]);
      int to = ends[1].isEmpty() ? bytes.length : Integer.parseInt(ends[1]) + 1;
      if (from >= bytes.length) {
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      byte[] part = Arrays.copyOfRange(bytes, from, Math.min(to, bytes.length));
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range",
              "bytes " + from + "-" + (from + part.length - 1) + "/" + bytes.length);
      exchange.sendResponseHeaders(206, part.length);
      exchange.getResponseBody().write(part);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
