package dev.mlk.it;

import dev.mlk.format.Json;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Follows several kinds at once: in each, revisions must grow, and in all of them none twice. */
final class Revisions {
  private final Set<Long> all = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<String> complaints = new ConcurrentLinkedQueue<>();
  private final AtomicLong seen = new AtomicLong();

  /** What was wrong. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** How many events have come. */
  long seen() {
    return seen.get();
  }

  /**
   * Begins to follow a kind in namespace default.
   *
   * @param each is told each object as it comes
   * @return ends it
   */
  AutoCloseable follow(ApiClient client, Resource resource, Consumer<JsonNode> each) {
    String version =
        client
            .list(resource, "default", Map.of("limit", "1"))
            .path("metadata")
            .path("resourceVersion")
            .asString();
    Request request =
        Request.of("GET", resource.path("default"))
            .query("watch", "true")
            .query("resourceVersion", version);
    Reply reply = client.open(request);
    Following following = new Following(resource.plural(), Long.parseLong(version), each, reply);
    Thread thread = Thread.ofVirtual().start(following);
    return () -> {
      following.ending = true;
      reply.close();
      thread.join();
    };
  }

  private final class Following implements Runnable {
    private final String kind;
    private final Consumer<JsonNode> each;
    private final Reply reply;
    private long last;
    private volatile boolean ending;

    Following(String kind, long last, Consumer<JsonNode> each, Reply reply) {
      this.kind = kind;
      this.last = last;
      this.each = each;
      this.reply = reply;
    }

    @Override
    public void run() {
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          check(Json.read(line));
        }
        complain("the watch has ended");
      } catch (IOException | RuntimeException e) {
        complain(e.toString());
      }
    }

    private void check(JsonNode event) {
      JsonNode object = event.path("object");
      long revision = object.path("metadata").path("resourceVersion").asLong(0);
      if (revision <= last) {
        complain("after " + last + " came " + event);
      }
      if (!all.add(revision)) {
        complain(revision + " came twice: " + event);
      }
      last = revision;
      seen.incrementAndGet();
      each.accept(object);
    }

    private void complain(String what) {
      if (!ending) {
        complaints.add(kind + ": " + what);
      }
    }
  }
}
