package dev.mlk.gpu.overview;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sums over pods. */
final class Sums {
  private Sums() {}

  /** The devices of several pods together. */
  static Map<Device, Long> devices(List<GpuPod> pods) {
    Map<Device, Long> sum = new TreeMap<>();
    pods.forEach(
        pod -> pod.devices().forEach((device, number) -> sum.merge(device, number, Long::sum)));
    return sum;
  }
}
