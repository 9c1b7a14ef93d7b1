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
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/**
 * The log of one pod from its first line to its last, each line once: through restarts of the
 * container and through connections that break.
 *
 * <p>Every line is asked for with its time. After a break the log is read again from the second of
 * the last line on, and lines up to that one are skipped; of several lines with one time, as many
 * as had been seen.
 */
final class ReplicaLog {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private final ApiClient api;
  private final JobWatch watch;
  private final Replica pod;
  private final BiConsumer<Replica, String> sink;
  private Reply running;
  private boolean stopped;
  private int instance;
  private Instant last = Instant.MIN;
  private int seenThen;

  ReplicaLog(ApiClient api, JobWatch watch, Replica pod, BiConsumer<Replica, String> sink) {
    this.api = api;
    this.watch = watch;
    this.pod = pod;
    this.sink = sink;
  }

  /** Reads until the pod has ended or is gone. */
  void follow() throws InterruptedException {
    while (!isStopped()) {
      long version = watch.version();
      Optional<Replica> now = watch.replica(pod.uid());
      if (now.isEmpty()) {
        return;
      }
      Replica replica = now.get();
      if (replica.restarts() > instance) {
        read(replica, true, false);
        begin(replica.restarts());
        continue;
      }
      JsonNode state = replica.container().path("state");
      if (state.has("terminated")) {
        read(replica, false, false);
        if (over(replica)) {
          return;
        }
      } else if (state.has("running")) {
        read(replica, false, true);
        // The stream is over and the pod has not changed: the news is on its way, or the connection
        // broke.
        watch.awaitChange(version, PAUSE);
      } else {
        watch.awaitChange(version, Duration.ofSeconds(30));
      }
    }
  }

  private static boolean over(Replica replica) {
    return replica.phase().equals("Succeeded")
        || replica.phase().equals("Failed")
        || replica.pod().path("spec").path("restartPolicy").asString("").equals("Never");
  }

  private void begin(int restarts) {
    instance = restarts;
    last = Instant.MIN;
    seenThen = 0;
  }

  private void read(Replica replica, boolean previous, boolean follow) {
    String path =
        Resources.PODS.path(
            replica.pod().path("metadata").path("namespace").asString(), replica.podName(), "log");
    Request request =
        Request.of("GET", path)
            .query("container", replica.containerName())
            .query("timestamps", "true");
    if (previous) {
      request = request.query("previous", "true");
    }
    if (follow) {
      request = request.query("follow", "true");
    }
    if (!last.equals(Instant.MIN)) {
      // The API knows whole seconds only.
      request = request.query("sinceTime", Instant.ofEpochSecond(last.getEpochSecond()).toString());
    }
    try (Reply reply = api.open(request)) {
      if (!start(reply)) {
        return;
      }
      lines(replica, reply);
    } catch (IOException | UncheckedIOException e) {
      // A broken connection: the caller reads on from the last line.
      return;
    } catch (ApiException e) {
      // Gone, or not there yet: the pod's next state tells.
      if (e.code() != 404 && e.code() != 400) {
        throw e;
      }
    } finally {
      start(null);
    }
  }

  private void lines(Replica replica, Reply reply) throws IOException {
    int skip = seenThen;
    Instant resume = last;
    var reader = new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8));
    for (String raw = reader.readLine(); raw != null; raw = reader.readLine()) {
      Optional<LogLine> parsed = LogLine.parse(raw);
      if (parsed.isEmpty()) {
        continue;
      }
      LogLine line = parsed.get();
      if (line.time().isBefore(resume) || (line.time().equals(resume) && skip-- > 0)) {
        continue;
      }
      seenThen = line.time().equals(last) ? seenThen + 1 : 1;
      last = line.time();
      sink.accept(replica, line.text());
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
