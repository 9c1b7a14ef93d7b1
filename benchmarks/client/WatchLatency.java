import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** How long after a write was acknowledged its event has arrived at watchers, in ms. */
final class WatchLatency {
  private static final int WRITES = 500;
  private static final long PACE_NANOS = 10_000_000;
  private static final String PATH = "/api/v1/namespaces/default/configmaps";
  private static final String MARK = "\"count\":\"";
  private final Target target;
  private final long[] acknowledged = new long[WRITES];
  private final long[][] arrived;
  private final CountDownLatch open;
  private final CountDownLatch complete;

  private WatchLatency(Target target, int watchers) {
    this.target = target;
    this.arrived = new long[watchers][WRITES];
    this.open = new CountDownLatch(watchers);
    this.complete = new CountDownLatch(watchers);
  }

  /** Two figures: the median and the 99th percentile. */
  record Figures(double median, double late) {
    @Override
    public String toString() {
      return String.format("%.1f / %.1f", median, late);
    }
  }

  static Figures measure(Target target, int watchers) throws InterruptedException {
    return new WatchLatency(target, watchers).run();
  }

  private Figures run() throws InterruptedException {
    String object = "watched-" + arrived.length;
    target.send("POST", PATH, "{\"metadata\":{\"name\":\"" + object + "\"}}");
    List<Thread> threads = new ArrayList<>();
    for (long[] times : arrived) {
      threads.add(Thread.startVirtualThread(() -> follow(object, times)));
    }
    open.await();
    long next = System.nanoTime();
    for (int i = 0; i < WRITES; i++) {
      target.patch(PATH + "/" + object, "{\"data\":{\"count\":\"" + i + "\"}}");
      acknowledged[i] = System.nanoTime();
      next += PACE_NANOS;
      LockSupport.parkNanos(next - System.nanoTime());
    }
    complete.await();
    double[] delays = new double[arrived.length * WRITES];
    int at = 0;
    for (long[] times : arrived) {
      for (int i = 0; i < WRITES; i++) {
        delays[at++] = Math.max(0, times[i] - acknowledged[i]) / 1e6;
      }
    }
    Arrays.sort(delays);
    return new Figures(delays[at / 2], delays[at * 99 / 100]);
  }

  private void follow(String object, long[] times) {
    Request request =
        Request.of("GET", PATH)
            .query("watch", "true")
            .query("fieldSelector", "metadata.name=" + object);
    try (Reply reply = target.client().open(request);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8))) {
      lines.readLine();
      open.countDown();
      int number = -1;
      while (number < WRITES - 1) {
        String line = lines.readLine();
        long now = System.nanoTime();
        int mark = line.indexOf(MARK) + MARK.length();
        number = Integer.parseInt(line.substring(mark, line.indexOf('"', mark)));
        times[number] = now;
      }
      complete.countDown();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
