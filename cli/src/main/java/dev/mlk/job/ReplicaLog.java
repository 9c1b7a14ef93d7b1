package dev.mlk.job;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resources;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/**
 * The log of one pod from its first line to its last, each line once: through restarts of the
 * container and through connections that break.
 *
 * <p>Every line is asked for with its time. After a break the log is read again from the second of
 * the last line on, and lines up to that one are skipped; of several lines with one time, as many
 * as had been seen. A log that does not begin with that line is another container's: then the
 * previous container's log has the lines between.
 */
final class ReplicaLog {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration LONG_PAUSE = Duration.ofSeconds(30);
  private final ApiClient api;
  private final JobWatch watch;
  private final Replica pod;
  private final BiConsumer<Replica, String> sink;
  private Reply running;
  private boolean stopped;
  private int instance;
  private Instant last = Instant.MIN;
  private int seenThen;
  private boolean first = true;
  private final AtomicLong taken = new AtomicLong();

  ReplicaLog(ApiClient api, JobWatch watch, Replica pod, BiConsumer<Replica, String> sink) {
    this.api = api;
    this.watch = watch;
    this.pod = pod;
    this.sink = sink;
  }

  /** Which log of a container. */
  private enum Which {
    /** Of the one that runs, to its end. */
    RUNNING,
    /** Of the one that ended last. */
    ENDED,
    /** Of the one before. */
    PREVIOUS
  }

  /** Reads until the pod has ended or is gone. */
  void follow() throws InterruptedException {
    while (!isStopped()) {
      long version = watch.changes().version();
      Optional<Replica> now = watch.replica(pod.uid());
      if (now.isEmpty()) {
        return;
      }
      Replica replica = now.get();
      JsonNode state = replica.container().path("state");
      Duration pause = PAUSE;
      if (replica.restarts() > instance) {
        if (read(replica, Which.PREVIOUS)) {
          instance = replica.restarts();
          continue;
        }
      } else if (state.has("running")) {
        // When the stream is over and the pod has not changed, the news is on its way, or the
        // connection broke.
        read(replica, Which.RUNNING);
      } else if (state.has("terminated")
          || replica.container().path("lastState").has("terminated")) {
        if (read(replica, Which.ENDED)) {
          if (over(replica)) {
            return;
          }
          pause = LONG_PAUSE;
        }
      } else {
        pause = LONG_PAUSE;
      }
      watch.changes().await(version, pause);
    }
  }

  /** How many lines were handed over so far. */
  long taken() {
    return taken.get();
  }

  private static boolean over(Replica replica) {
    return replica.phase().equals("Succeeded")
        || replica.phase().equals("Failed")
        || replica.pod().path("spec").path("restartPolicy").asString("").equals("Never");
  }

  /**
   * Reads one log.
   *
   * @return whether to its end, or there is none; otherwise the connection broke
   */
  private boolean read(Replica replica, Which which) {
    try (Reply reply = api.open(request(replica, which))) {
      if (!start(reply)) {
        return false;
      }
      lines(replica, which, reply);
      return true;
    } catch (IOException | UncheckedIOException e) {
      return false;
    } catch (ApiException e) {
      if (e.code() == 404 || e.code() == 400) {
        // Gone, or not there yet: the pod's next state tells.
        return true;
      }
      if (e.code() >= 500 || e.code() == 429) {
        return false;
      }
      throw e;
    } finally {
      first = false;
      start(null);
    }
  }

  private Request request(Replica replica, Which which) {
    String path =
        Resources.PODS.path(
            replica.pod().path("metadata").path("namespace").asString(), replica.podName(), "log");
    Request request =
        Request.of("GET", path)
            .query("container", replica.containerName())
            .query("timestamps", "true");
    if (which == Which.PREVIOUS) {
      request = request.query("previous", "true");
    }
    if (which == Which.RUNNING) {
      request = request.query("follow", "true");
    }
    if (!last.equals(Instant.MIN)) {
      // The API knows whole seconds only.
      request = request.query("sinceTime", Instant.ofEpochSecond(last.getEpochSecond()).toString());
    }
    return request;
  }

  private void lines(Replica replica, Which which, Reply reply) throws IOException {
    int skip = seenThen;
    Instant resume = last;
    // The first log of all follows the news of its start at once: nothing can be missing before it.
    boolean continues = first || which == Which.PREVIOUS;
    var reader = new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8));
    for (String raw = reader.readLine(); raw != null; raw = reader.readLine()) {
      Optional<LogLine> parsed = LogLine.parse(raw);
      if (parsed.isEmpty()) {
        continue;
      }
      LogLine line = parsed.get();
      if (line.time().isBefore(resume)) {
        continue;
      }
      if (line.time().equals(resume)) {
        continues = true;
        if (skip-- > 0) {
          continue;
        }
      }
      if (!continues) {
        if (!read(replica, Which.PREVIOUS)) {
          throw new IOException("the log before this one broke off");
        }
        start(reply);
        continues = true;
      }
      seenThen = line.time().equals(last) ? seenThen + 1 : 1;
      last = line.time();
      sink.accept(replica, line.text());
      taken.incrementAndGet();
    }
  }

  /** Ends reading at once, from another thread. */
  void stop() {
    Reply open;
    synchronized (this) {
      stopped = true;
      open = running;
    }
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // It was to be closed anyway.
        return;
      }
    }
  }

  private synchronized boolean start(Reply reply) {
    running = reply;
    return !stopped;
  }

  private synchronized boolean isStopped() {
    return stopped;
  }
}
