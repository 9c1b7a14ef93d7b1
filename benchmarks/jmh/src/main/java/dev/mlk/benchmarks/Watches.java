package dev.mlk.benchmarks;

import dev.mlk.kube.ApiClient.PatchType;
import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A write until the last of many watchers has its event. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class Watches {
  private static final String MAP = Resources.CONFIG_MAPS.path("default", "watched");

  /** How many look on. */
  @Param({"1", "50", "200"})
  public int watchers;

  private final Semaphore events = new Semaphore(0);
  private final List<Reply> replies = new ArrayList<>();
  private int number;

  /** Opens the watches. */
  @Setup(Level.Trial)
  public void watch(Cluster cluster) {
    cluster
        .client()
        .create(
            Resources.CONFIG_MAPS,
            "default",
            Cluster.json("{\"metadata\":{\"name\":\"watched\"}}"));
    Request request =
        Request.of("GET", Resources.CONFIG_MAPS.path("default"))
            .query("watch", "true")
            .query("fieldSelector", "metadata.name=watched");
    for (int i = 0; i < watchers; i++) {
      Reply reply = cluster.client().open(request);
      replies.add(reply);
      Thread.ofVirtual().start(() -> read(reply));
    }
    events.acquireUninterruptibly(watchers);
  }

  private void read(Reply reply) {
    byte[] buffer = new byte[1 << 13];
    try (InputStream body = reply.body()) {
      for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
        for (int i = 0; i < count; i++) {
          if (buffer[i] == '\n') {
            events.release();
          }
        }
      }
    } catch (IOException e) {
      // The end of the trial.
    }
  }

  /** Ends them. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    for (Reply reply : replies) {
      reply.close();
    }
  }

  /** One change, seen by all. */
  @Benchmark
  public void changeSeenByAll(Cluster cluster) {
    cluster
        .client()
        .patch(MAP, PatchType.MERGE, Cluster.json("{\"data\":{\"number\":\"" + number++ + "\"}}"));
    events.acquireUninterruptibly(watchers);
  }
}
