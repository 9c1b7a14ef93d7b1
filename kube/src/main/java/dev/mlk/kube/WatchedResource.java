package dev.mlk.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** List and watch of one resource. */
final class WatchedResource implements Informer, AutoCloseable {
  private record Happened(Change change, ObjectNode before, ObjectNode now) {}

  private static final System.Logger LOG = System.getLogger(WatchedResource.class.getName());
  private static final ObjectReader TREES = JsonMapper.shared().readerFor(ObjectNode.class);
  private static final String PAGE = "1000";
  private static final long FIRST_PAUSE = 100;
  private static final long LONGEST_PAUSE = 10_000;
  private static final long POLL = 1_000;
  private final ApiClient client;
  private final Resource resource;
  private final Scope scope;
  private final Map<String, Map<String, ObjectNode>> byNamespace = new ConcurrentHashMap<>();
  private final List<Handler> handlers = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition stopped = lock.newCondition();
  private final CountDownLatch synced = new CountDownLatch(1);
  private final Thread thread;
  private volatile long seen;
  private volatile boolean closed;
  private volatile boolean polls;
  private volatile Reply open;
  private String position = "";
  private int failures;

  private WatchedResource(ApiClient client, Resource resource, Scope scope, ThreadFactory threads) {
    this.client = client;
    this.resource = resource;
    this.scope = scope;
    thread = threads.newThread(this::run);
    thread.setName("watch " + resource.qualifiedName());
  }

  static WatchedResource start(
      ApiClient client, Resource resource, Scope scope, ThreadFactory threads) {
    WatchedResource watched = new WatchedResource(client, resource, scope, threads);
    watched.thread.start();
    return watched;
  }

  private void run() {
    while (!closed) {
      try {
        if (position.isEmpty()) {
          list();
          failures = 0;
        }
        watch();
      } catch (ApiException e) {
        if (e.code() == 410) {
          position = "";
        } else if (e.code() == 403 && !position.isEmpty()) {
          // The right to list without the right to watch: the list is asked for again and again.
          position = "";
          polls = true;
          rest(POLL);
        } else {
          pause(e);
        }
      } catch (UncheckedIOException | IOException | JacksonException e) {
        pause(e);
      }
    }
  }

  private void list() {
    Map<Key, ObjectNode> found = new HashMap<>();
    Map<String, String> query = scope.query();
    query.put("limit", PAGE);
    String version;
    while (true) {
      ObjectNode page = client.list(resource, scope.namespace(), query);
      for (JsonNode item : page.path("items")) {
        found.put(Key.of(item), trimmed((ObjectNode) item));
      }
      version = page.path("metadata").path("resourceVersion").asString("");
      String more = page.path("metadata").path("continue").asString("");
      if (more.isEmpty()) {
        break;
      }
      query.put("continue", more);
    }
    replaceAll(found, version);
    position = version;
    synced.countDown();
  }

  private void replaceAll(Map<Key, ObjectNode> found, String version) {
    List<Happened> news = new ArrayList<>();
    lock.lock();
    try {
      for (ObjectNode old : all()) {
        if (!found.containsKey(Key.of(old))) {
          remove(old).ifPresent(news::add);
        }
      }
      found.values().forEach(object -> put(object).ifPresent(news::add));
      saw(version);
      news.forEach(this::tell);
    } finally {
      lock.unlock();
    }
  }

  /** Follows changes until the server ends the stream, which it does every few minutes. */
  private void watch() throws IOException {
    Request request =
        new Request("GET", resource.path(scope.namespace()), scope.query(), Map.of(), new byte[0])
            .query("watch", "true")
            .query("allowWatchBookmarks", "true")
            .query("resourceVersion", position)
            .query("timeoutSeconds", Long.toString(ThreadLocalRandom.current().nextLong(300, 600)));
    try (Reply reply = client.open(request)) {
      open = reply;
      polls = false;
      if (closed) {
        return;
      }
      try (MappingIterator<ObjectNode> events = TREES.readValues(reply.body())) {
        while (events.hasNextValue()) {
          apply(events.nextValue());
          failures = 0;
        }
      }
    } finally {
      open = null;
    }
  }

  private void apply(ObjectNode event) {
    ObjectNode object = (ObjectNode) event.path("object");
    String type = event.path("type").asString("");
    if (type.equals("ERROR")) {
      throw new ApiException(
          object.path("code").asInt(500), object, object.path("message").asString("watch failed"));
    }
    String version = object.path("metadata").path("resourceVersion").asString("");
    lock.lock();
    try {
      Optional<Happened> news =
          switch (type) {
            case "ADDED", "MODIFIED" -> put(trimmed(object));
            case "DELETED" -> remove(trimmed(object));
            default -> Optional.empty(); // a bookmark carries only the position
          };
      // First the copy, then how far it has come, then the news: who is told may look at both.
      saw(version);
      news.ifPresent(this::tell);
    } finally {
      lock.unlock();
    }
    position = version;
  }

  private void saw(String version) {
    try {
      seen = Math.max(seen, Long.parseLong(version));
    } catch (NumberFormatException e) {
      LOG.log(System.Logger.Level.DEBUG, "a resourceVersion that is no number: {0}", version);
    }
  }

  /** Field ownership is bulky and of no use to whoever only looks; a write keeps it as it is. */
  private ObjectNode trimmed(ObjectNode object) {
    if (object.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove("managedFields");
    }
    object.put("apiVersion", resource.apiVersion());
    object.put("kind", resource.kind());
    return object;
  }

  private Optional<Happened> put(ObjectNode object) {
    Key key = Key.of(object);
    Map<String, ObjectNode> names =
        byNamespace.computeIfAbsent(key.namespace(), _ -> new ConcurrentHashMap<>());
    ObjectNode before = names.put(key.name(), object);
    if (before == null) {
      return Optional.of(new Happened(Change.ADDED, null, object));
    }
    JsonNode old = before.path("metadata").path("resourceVersion");
    return old.equals(object.path("metadata").path("resourceVersion"))
        ? Optional.empty()
        : Optional.of(new Happened(Change.MODIFIED, before, object));
  }

  private Optional<Happened> remove(ObjectNode object) {
    Key key = Key.of(object);
    Map<String, ObjectNode> names = byNamespace.getOrDefault(key.namespace(), Map.of());
    ObjectNode before = names.isEmpty() ? null : names.remove(key.name());
    if (names.isEmpty()) {
      byNamespace.remove(key.namespace());
    }
    return before == null
        ? Optional.empty()
        : Optional.of(new Happened(Change.DELETED, before, object));
  }

  private void tell(Happened news) {
    for (Handler handler : handlers) {
      tell(handler, news.change, news.before, news.now);
    }
  }

  private void tell(Handler handler, Change change, ObjectNode before, ObjectNode now) {
    try {
      handler.changed(change, before, now);
    } catch (RuntimeException e) {
      // One listener's mistake must not make the others blind.
      LOG.log(System.Logger.Level.ERROR, "a handler of " + resource.qualifiedName() + " failed", e);
    }
  }

  private void pause(Exception cause) {
    if (closed) {
      return;
    }
    failures = Math.min(failures + 1, 20);
    long longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(failures - 1, 10));
    long millis = ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
    LOG.log(
        failures > 3 ? System.Logger.Level.INFO : System.Logger.Level.DEBUG,
        "watch of {0} broke off, again in {1} ms: {2}",
        resource.qualifiedName(),
        millis,
        cause.getMessage());
    rest(millis);
  }

  private void rest(long millis) {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(millis);
      while (!closed && left > 0) {
        left = stopped.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      // Only close() interrupts, and it has set the flag that the loop looks at.
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Collection<ObjectNode> all() {
    List<ObjectNode> all = new ArrayList<>();
    byNamespace.values().forEach(names -> all.addAll(names.values()));
    return all;
  }

  @Override
  public Collection<ObjectNode> in(String namespace) {
    return Collections.unmodifiableCollection(
        byNamespace.getOrDefault(namespace, Map.of()).values());
  }

  @Override
  public Optional<ObjectNode> get(String namespace, String name) {
    return Optional.ofNullable(byNamespace.getOrDefault(namespace, Map.of()).get(name));
  }

  @Override
  public long resourceVersion() {
    return seen;
  }

  @Override
  public void onChange(Handler handler) {
    lock.lock();
    try {
      handlers.add(handler);
      for (ObjectNode object : all()) {
        tell(handler, Change.ADDED, null, object);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean polls() {
    return polls;
  }

  @Override
  public void awaitSynced() throws InterruptedException {
    synced.await();
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      stopped.signalAll();
    } finally {
      lock.unlock();
    }
    Reply reply = open;
    if (reply != null) {
      try {
        reply.close();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "closing a watch", e);
      }
    }
    thread.interrupt();
  }
}
