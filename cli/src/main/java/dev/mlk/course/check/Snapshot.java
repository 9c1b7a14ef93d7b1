package dev.mlk.course.check;

import dev.mlk.facts.Reader;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The cluster as it is during one verification: each collection and each log is read at most once,
 * however many checks look at it.
 */
public final class Snapshot {
  /** What one log may have, so that a pod that talks a lot does not fill the memory. */
  private static final String MOST_LOG = Integer.toString(4 << 20);

  private final Reader reader;
  private final Map<String, List<JsonNode>> lists = new HashMap<>();
  private final Map<String, List<String>> logs = new HashMap<>();

  /** Nothing is read yet. */
  public Snapshot(Reader reader) {
    this.reader = reader;
  }

  /** How many requests were sent so far. */
  public int requests() {
    return reader.calls();
  }

  /** For requests that no other check repeats. */
  public Reader reader() {
    return reader;
  }

  /**
   * The objects of a kind; none where the server does not have the kind.
   *
   * @param namespace the namespace; empty for all
   */
  public List<JsonNode> list(Resource resource, String namespace) {
    return lists.computeIfAbsent(resource.path(namespace), reader::pages);
  }

  /** The lines of a container's log; none where there is no log yet. */
  List<String> log(String namespace, String pod, String container, boolean previous) {
    String key = namespace + "/" + pod + "/" + container + "/" + previous;
    return logs.computeIfAbsent(key, _ -> readLog(namespace, pod, container, previous));
  }

  private List<String> readLog(String namespace, String pod, String container, boolean previous) {
    Request request =
        Request.of("GET", "/api/v1/namespaces/" + namespace + "/pods/" + pod + "/log")
            .query("limitBytes", MOST_LOG);
    if (!container.isEmpty()) {
      request = request.query("container", container);
    }
    if (previous) {
      request = request.query("previous", "true");
    }
    try {
      return reader.lines(request, _ -> true);
    } catch (ApiException e) {
      // 400: the container has not started; 404: the pod is gone.
      if (e.code() == 400 || e.code() == 404) {
        return List.of();
      }
      throw e;
    }
  }
}
