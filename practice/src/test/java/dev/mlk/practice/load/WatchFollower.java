package dev.mlk.practice.load;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A watch of one resource that goes on at its last resourceVersion after each break, and lists anew
 * only when told 410. Notes whatever a loss, a repetition or a wrong order would look like.
 */
final class WatchFollower implements Runnable {
  private final Resource resource;
  private final Map<String, String> objects = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private ApiClient client;
  private long last;
  private long events;
  private int resumed;
  private int expired;

  WatchFollower(Resource resource) {
    this.resource = resource;
  }

  void use(ApiClient now) {
    client = now;
  }

  /** Follows until the server is gone. */
  @Override
  public void run() {
    try {
      if (last == 0) {
        list();
      }
      while (true) {
        follow();
      }
    } catch (UncheckedIOException | IOException e) {
      // The server was killed.
    }
  }

  private void list() {
    JsonNode list = client.list(resource, ObjectWriter.NAMESPACE, Map.of());
    long revision = list.path("metadata").path("resourceVersion").asLong();
    if (revision < last) {
      faults.add("a list of revision " + revision + " after having seen " + last);
    }
    last = revision;
    objects.clear();
    list.path("items").forEach(item -> objects.put(name(item), version(item)));
  }

  private void follow() throws IOException {
    Request request =
        Request.of("GET", resource.path(ObjectWriter.NAMESPACE))
            .query("watch", "true")
            .query("resourceVersion", Long.toString(last));
    try (Reply reply = client.open(request);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8))) {
      boolean first = true;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank() && !event(JsonMapper.shared().readTree(line), first)) {
          return;
        }
        first = false;
      }
    } catch (ApiException e) {
      faults.add("the watch at " + last + ": " + e.getMessage());
      throw new IOException(e);
    }
  }

  /** False when the watch is over and the list is fresh. */
  private boolean event(JsonNode event, boolean first) {
    String type = event.path("type").asString();
    JsonNode object = event.path("object");
    if (type.equals("ERROR")) {
      if (object.path("code").asInt() != 410) {
        faults.add("the watch at " + last + " said " + object);
      }
      expired++;
      list();
      return false;
    }
    resumed += first ? 1 : 0;
    events++;
    long revision = Long.parseLong(version(object));
    if (revision <= last) {
      faults.add(type + " of revision " + revision + " after " + last);
    }
    last = revision;
    boolean there = objects.containsKey(name(object));
    if (there == type.equals("ADDED")) {
      faults.add(type + " of " + name(object) + ", which was " + (there ? "" : "not ") + "there");
    }
    if (type.equals("DELETED")) {
      objects.remove(name(object));
    } else {
      objects.put(name(object), version(object));
    }
    return true;
  }

  private static String name(JsonNode object) {
    return object.path("metadata").path("name").asString();
  }

  private static String version(JsonNode object) {
    return object.path("metadata").path("resourceVersion").asString();
  }

  /** Each object's resourceVersion by name, as this watch has it. */
  Map<String, String> objects() {
    return Map.copyOf(objects);
  }

  List<String> faults() {
    return List.copyOf(faults);
  }

  /** The last resourceVersion seen. */
  long last() {
    return last;
  }

  @Override
  public String toString() {
    return resource.plural()
        + ": "
        + events
        + " events, "
        + resumed
        + " watches that brought some, "
        + expired
        + " times 410";
  }
}
