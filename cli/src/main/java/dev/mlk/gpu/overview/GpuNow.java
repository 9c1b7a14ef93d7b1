package dev.mlk.gpu.overview;

import dev.mlk.facts.Dra;
import dev.mlk.facts.Known;
import dev.mlk.facts.Reader;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * How busy the GPUs of pods are at this moment, as their exporters tell. Whoever reads all pods
 * anyway shows them, so that they are read once.
 */
public final class GpuNow {
  private final Pods pods = new Pods(Dra.NONE);

  /** Knows no pod yet. */
  public GpuNow() {}

  /**
   * Takes a pod, one of all namespaces.
   *
   * @param claims which claims hold which devices
   */
  public void take(JsonNode pod, Dra claims) {
    pods.add(pod, claims);
  }

  /** Reads the pods of all namespaces, for somebody who had no need of them otherwise. */
  public GpuNow readAll(Reader reader) {
    Pods.each(reader, "", pod -> take(pod, Dra.NONE));
    return this;
  }

  /**
   * How busy the GPUs of each pod are, in percent, by {@code namespace/name}; a pod that is not
   * there is one of which no exporter tells.
   */
  public Known<Map<String, Double>> percent(Reader reader, InstantSource clock)
      throws InterruptedException {
    Snapshot seen = new SnapshotReader(reader, "", clock).busy(pods);
    new IdleHistory().take(seen);
    return seen.figures()
        .gpus()
        .map(
            _ -> {
              Map<String, Double> percent = new HashMap<>();
              for (GpuPod pod : seen.holders("")) {
                pod.use()
                    .filter(GpuUse.Figure::tellsBusy)
                    .ifPresent(figure -> percent.put(pod.key(), figure.percent()));
              }
              return percent;
            });
  }
}
