package dev.mlk.tfjob.operator;

import dev.mlk.tfjob.api.JobLabels;
import dev.mlk.tfjob.api.TfJob;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Writes events beside the work: nothing waits for them, and when too many are waiting new ones are
 * left out. The same text about the same job again raises the count of the event that is there.
 */
final class EventRecorder implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(EventRecorder.class.getName());
  private static final int MOST_WAITING = 1000;
  private static final int MOST_REMEMBERED = 2000;

  private record Entry(TfJob job, Note note, Instant at) {}

  private final KubernetesClient client;
  private final Clock clock;
  private final BlockingQueue<Entry> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Map<String, Event> written = new Remembered();
  private final Thread writer;

  /** The latest events; older ones are forgotten. */
  private static final class Remembered extends LinkedHashMap<String, Event> {
    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Event> eldest) {
      return size() > MOST_REMEMBERED;
    }
  }

  EventRecorder(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
    this.writer = Thread.ofPlatform().daemon().name("tfjob-events").start(this::write);
  }

  void tell(TfJob job, Note note) {
    if (!waiting.offer(new Entry(job, note, clock.instant()))) {
      LOG.log(System.Logger.Level.DEBUG, "too many events, left out: {0}", note.message());
    }
  }

  private void write() {
    try {
      while (true) {
        Entry entry = waiting.take();
        try {
          write(entry);
        } catch (KubernetesClientException e) {
          LOG.log(System.Logger.Level.DEBUG, "event not written", e);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(Entry entry) {
    Note note = entry.note();
    String key = entry.job().getMetadata().getUid() + note.about() + note.reason() + note.message();
    Event before = written.get(key);
    if (before != null && !note.about().isEmpty()) {
      return;
    }
    String namespace = entry.job().getMetadata().getNamespace();
    String at = entry.at().truncatedTo(ChronoUnit.SECONDS).toString();
    if (before == null) {
      Event event = event(entry, at);
      written.put(key, client.v1().events().inNamespace(namespace).resource(event).create());
      return;
    }
    Event counted =
        new EventBuilder(before).withCount(before.getCount() + 1).withLastTimestamp(at).build();
    counted.getMetadata().setResourceVersion(null);
    try {
      written.put(key, client.v1().events().inNamespace(namespace).resource(counted).update());
    } catch (KubernetesClientException e) {
      written.remove(key);
      throw e;
    }
  }

  private static Event event(Entry entry, String at) {
    TfJob job = entry.job();
    long nanos = ChronoUnit.NANOS.between(Instant.EPOCH, entry.at());
    return new EventBuilder()
        .withNewMetadata()
        .withName(job.getMetadata().getName() + "." + Long.toHexString(nanos))
        .withNamespace(job.getMetadata().getNamespace())
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion(TfJob.API_VERSION)
        .withKind(TfJob.KIND)
        .withName(job.getMetadata().getName())
        .withNamespace(job.getMetadata().getNamespace())
        .withUid(job.getMetadata().getUid())
        .withResourceVersion(job.getMetadata().getResourceVersion())
        .endInvolvedObject()
        .withType(entry.note().warning() ? "Warning" : "Normal")
        .withReason(entry.note().reason())
        .withMessage(entry.note().message())
        .withNewSource()
        .withComponent(JobLabels.OPERATOR)
        .endSource()
        .withReportingComponent(JobLabels.OPERATOR)
        .withReportingInstance("")
        .withFirstTimestamp(at)
        .withLastTimestamp(at)
        .withCount(1)
        .build();
  }

  @Override
  public void close() {
    writer.interrupt();
  }
}
