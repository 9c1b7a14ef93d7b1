package dev.mlk.kube;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Informers, one for each resource and scope however many ask. Each lists once and then watches, on
 * a thread of its own; it lists anew when the server forgot where it was (410), and goes on where
 * it was after anything else.
 */
public final class Informers implements AutoCloseable {
  private record Wanted(Resource resource, Scope scope) {}

  private final ApiClient client;
  private final ThreadFactory threads;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Wanted, WatchedResource> running = new ConcurrentHashMap<>();
  private boolean closed;

  /** Informers that ask through this client; closing them leaves the client open. */
  public Informers(ApiClient client) {
    this(client, Thread.ofVirtual().factory());
  }

  /**
   * The same on other threads than virtual ones.
   *
   * @param threads makes the thread of each informer
   */
  public Informers(ApiClient client, ThreadFactory threads) {
    this.client = client;
    this.threads = threads;
  }

  /** All objects of a resource. */
  public Informer on(Resource resource) {
    return on(resource, Scope.ALL);
  }

  /** The objects of a resource that the scope names. The first call starts listing. */
  public Informer on(Resource resource, Scope scope) {
    Wanted wanted = new Wanted(resource, scope);
    // Listeners ask from inside an informer, which must not wait for whoever closes informers.
    WatchedResource known = running.get(wanted);
    if (known != null) {
      return known;
    }
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("informers are closed");
      }
      return running.computeIfAbsent(
          wanted, _ -> WatchedResource.start(client, resource, scope, threads));
    } finally {
      lock.unlock();
    }
  }

  /** Stops following a resource, in all scopes: for custom resources that are gone. */
  public void stop(Resource resource) {
    for (Wanted wanted : List.copyOf(running.keySet())) {
      if (wanted.resource.equals(resource)) {
        WatchedResource gone = running.remove(wanted);
        if (gone != null) {
          gone.close();
        }
      }
    }
  }

  /** Stops all; what they know stays readable. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    running.values().forEach(WatchedResource::close);
  }
}
