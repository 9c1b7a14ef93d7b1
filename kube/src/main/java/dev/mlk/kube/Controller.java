package dev.mlk.kube;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the world fit the objects of one resource, key by key, on virtual threads. What fails is
 * tried again, ever more slowly.
 */
public final class Controller implements AutoCloseable {
  /** Brings one object's world in order. */
  @FunctionalInterface
  public interface Reconciler {
    /**
     * Looks at the object of this name, which may be gone, and does what is missing.
     *
     * @return when to look again though nothing changes, if so
     */
    Optional<Duration> reconcile(Key key) throws InterruptedException;
  }

  private static final System.Logger LOG = System.getLogger(Controller.class.getName());
  private final String name;
  private final Reconciler reconciler;
  private final WorkQueue<Key> queue = new WorkQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  private Controller(String name, Reconciler reconciler) {
    this.name = name;
    this.reconciler = reconciler;
  }

  /**
   * Starts to work.
   *
   * @param name for logs and thread names
   * @param workers how many keys are worked on at once
   */
  public static Controller start(String name, int workers, Reconciler reconciler) {
    Controller controller = new Controller(name, reconciler);
    for (int i = 0; i < workers; i++) {
      controller.threads.add(Thread.ofVirtual().name(name).start(controller::run));
    }
    return controller;
  }

  /** Asks for a look at this object. */
  public void enqueue(Key key) {
    queue.add(key);
  }

  /** Asks for a look at this object after a while. */
  public void enqueueAfter(Key key, Duration delay) {
    queue.addAfter(key, delay);
  }

  /** Asks for a look at each object of the informer now and whenever it changes or goes. */
  public Controller follow(Informer informer) {
    informer.onChange((_, _, now) -> enqueue(Key.of(now)));
    return this;
  }

  private void run() {
    try {
      for (Optional<Key> key = queue.take(); key.isPresent(); key = queue.take()) {
        work(key.get());
      }
    } catch (InterruptedException e) {
      // close() ends the loop so; nobody else has a reference to this thread.
      Thread.currentThread().interrupt();
    }
  }

  private void work(Key key) throws InterruptedException {
    try {
      Optional<Duration> again = reconciler.reconcile(key);
      queue.forget(key);
      again.ifPresent(delay -> queue.addAfter(key, delay));
    } catch (ApiException e) {
      failed(key, e, e.code() < 500 ? System.Logger.Level.DEBUG : System.Logger.Level.INFO);
    } catch (UncheckedIOException e) {
      failed(key, e, System.Logger.Level.DEBUG);
    } catch (RuntimeException e) {
      failed(key, e, System.Logger.Level.ERROR);
    } finally {
      queue.done(key);
    }
  }

  private void failed(Key key, RuntimeException cause, System.Logger.Level level) {
    if (closed) {
      return;
    }
    queue.addAfterFailure(key);
    if (level == System.Logger.Level.ERROR) {
      LOG.log(level, name + " " + key, cause);
    } else {
      LOG.log(level, "{0} {1}: {2}", name, key, cause.getMessage());
    }
  }

  /** Stops and waits for work in progress to notice. */
  @Override
  public void close() {
    closed = true;
    queue.close();
    threads.forEach(Thread::interrupt);
  }
}
