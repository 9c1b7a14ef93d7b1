package dev.mlk.kube;

import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes events about objects, in order and off the caller's thread. What repeats is counted in the
 * first event, as kubectl describe shows it ({@code x3 over 5m}). Events are best effort: what
 * cannot be written is dropped.
 */
public final class EventRecorder implements AutoCloseable {
  /** How serious it is. */
  public enum Type {
    NORMAL("Normal"),
    WARNING("Warning");

    private final String text;

    Type(String text) {
      this.text = text;
    }
  }

  private record Said(
      JsonNode about, JsonNode related, Type type, String reason, String message, Instant when) {}

  private record Same(String uid, Type type, String reason, String message) {}

  private static final class Counted {
    private final String path;
    private int count = 1;

    Counted(String path) {
      this.path = path;
    }
  }

  private static final System.Logger LOG = System.getLogger(EventRecorder.class.getName());
  private static final int REMEMBERED = 1024;
  private static final int MOST_WAITING = 20_000;
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'")
          .withZone(java.time.ZoneOffset.UTC);
  private final ApiClient client;
  private final String component;
  private final String action;
  private final String host;
  private final InstantSource clock;
  private final LinkedBlockingQueue<Said> queue = new LinkedBlockingQueue<>(MOST_WAITING);
  private final Map<Same, Counted> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Same, Counted> eldest) {
          return size() > REMEMBERED;
        }
      };
  private final Thread thread;

  /** Nanoseconds of the last event's name: names never repeat. */
  private long number;

  private volatile boolean closed;

  private EventRecorder(
      ApiClient client, String component, String action, String host, InstantSource clock) {
    this.client = client;
    this.component = component;
    this.action = action;
    this.host = host;
    this.clock = clock;
    thread = Thread.ofVirtual().name("events of " + component).start(this::run);
  }

  /** A recorder for a component such as {@code job-controller}. */
  public static EventRecorder of(ApiClient client, String component, InstantSource clock) {
    return new EventRecorder(client, component, "", "", clock);
  }

  /** A recorder for a component that runs on a node, such as the kubelet. */
  public static EventRecorder onHost(
      ApiClient client, String component, String host, InstantSource clock) {
    return new EventRecorder(client, component, "", host, clock);
  }

  /**
   * A recorder in the newer form, without source and with an action, as the scheduler writes.
   *
   * @param action what is being done, such as {@code Scheduling}
   */
  public static EventRecorder withAction(
      ApiClient client, String component, String action, InstantSource clock) {
    return new EventRecorder(client, component, action, "", clock);
  }

  /** Records something worth knowing about an object. */
  public void normal(JsonNode about, String reason, String message) {
    normal(about, MissingNode.getInstance(), reason, message);
  }

  /**
   * Records something worth knowing about an object.
   *
   * @param related the other object that it is about
   */
  public void normal(JsonNode about, JsonNode related, String reason, String message) {
    record(about, related, Type.NORMAL, reason, message);
  }

  /** Records something that went wrong with an object. */
  public void warning(JsonNode about, String reason, String message) {
    record(about, MissingNode.getInstance(), Type.WARNING, reason, message);
  }

  private void record(JsonNode about, JsonNode related, Type type, String reason, String message) {
    Said said = new Said(about, related, type, reason, cut(message), clock.instant());
    if (!closed && !queue.offer(said)) {
      LOG.log(System.Logger.Level.DEBUG, "too many events wait: dropped {0}", reason);
    }
  }

  private static String cut(String message) {
    return message.length() <= 1024 ? message : message.substring(0, 1021) + "...";
  }

  private void run() {
    try {
      while (!closed || !queue.isEmpty()) {
        Said said = closed ? queue.poll() : queue.poll(1, TimeUnit.MINUTES);
        if (said != null) {
          write(said);
        }
      }
    } catch (InterruptedException e) {
      // close() wants what waits to be dropped.
      Thread.currentThread().interrupt();
    }
  }

  private void write(Said said) {
    Same same =
        new Same(
            said.about.path("metadata").path("uid").asString(""),
            said.type,
            said.reason,
            said.message);
    try {
      Counted before = known.get(same);
      if (before == null || !countUp(before, said)) {
        known.put(same, new Counted(create(said)));
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "an event was not written: {0}", e.getMessage());
    }
  }

  private boolean countUp(Counted before, Said said) {
    before.count++;
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    if (action.isEmpty()) {
      patch.put("count", before.count);
      patch.put("lastTimestamp", seconds(said.when));
    } else {
      ObjectNode series = patch.putObject("series");
      series.put("count", before.count);
      series.put("lastObservedTime", MICROSECONDS.format(said.when));
    }
    try {
      client.patch(before.path, ApiClient.PatchType.MERGE, patch);
      return true;
    } catch (ApiException e) {
      if (e.notFound()) {
        return false;
      }
      throw e;
    }
  }

  private String create(Said said) {
    Key key = Key.of(said.about);
    String namespace = key.namespace().isEmpty() ? "default" : key.namespace();
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("apiVersion", "v1");
    event.put("kind", "Event");
    number = Math.max(number + 1, said.when.getEpochSecond() * 1_000_000_000 + said.when.getNano());
    String name = key.name() + "." + HexFormat.of().toHexDigits(number);
    event.putObject("metadata").put("name", name).put("namespace", namespace);
    involved(event.putObject("involvedObject"), said.about);
    if (said.related.isObject()) {
      involved(event.putObject("related"), said.related);
    }
    event.put("reason", said.reason);
    event.put("message", said.message);
    event.put("type", said.type.text);
    if (action.isEmpty()) {
      ObjectNode source = event.putObject("source").put("component", component);
      if (!host.isEmpty()) {
        source.put("host", host);
      }
      event.put("firstTimestamp", seconds(said.when));
      event.put("lastTimestamp", seconds(said.when));
      event.put("count", 1);
      event.putNull("eventTime");
      event.put("reportingComponent", component);
      event.put("reportingInstance", host);
    } else {
      event.putObject("source");
      event.putNull("firstTimestamp");
      event.putNull("lastTimestamp");
      event.put("eventTime", MICROSECONDS.format(said.when));
      event.put("action", action);
      event.put("reportingComponent", component);
      event.put("reportingInstance", component);
    }
    JsonNode stored = client.create(Resources.EVENTS, namespace, event);
    return Resources.EVENTS.path(namespace, stored.path("metadata").path("name").asString(name));
  }

  private static void involved(ObjectNode reference, JsonNode about) {
    JsonNode metadata = about.path("metadata");
    reference.put("kind", about.path("kind").asString(""));
    String namespace = metadata.path("namespace").asString("");
    if (!namespace.isEmpty()) {
      reference.put("namespace", namespace);
    }
    reference.put("name", metadata.path("name").asString(""));
    reference.put("uid", metadata.path("uid").asString(""));
    reference.put("apiVersion", about.path("apiVersion").asString(""));
    reference.put("resourceVersion", metadata.path("resourceVersion").asString(""));
    String field = about.path("fieldPath").asString("");
    if (!field.isEmpty()) {
      reference.put("fieldPath", field);
    }
  }

  private static String seconds(Instant when) {
    return when.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Drops what is not written yet. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
