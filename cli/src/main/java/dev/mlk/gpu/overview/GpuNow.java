package dev.mlk.gpu.overview;

import dev.mlk.facts.Known;
import dev.mlk.facts.Reader;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** How busy the GPUs of pods are at this moment, as their exporters tell. */
public final class GpuNow {
  private GpuNow() {}

  /**
   * How busy the GPUs of each pod are, in percent, by {@code namespace/name}; a pod that is not
   * there is one of which no exporter tells.
   *
   * @param namespace where the user works
   */
  public static Known<Map<String, Double>> read(
      Reader reader, String namespace, InstantSource clock) throws InterruptedException {
    Snapshot seen = new SnapshotReader(reader, namespace, clock).busy();
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
