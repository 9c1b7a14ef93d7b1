package dev.mlk.cluster;

import dev.mlk.practice.node.GpuModel;
import java.util.List;
import java.util.Optional;

/** The GPUs that nodes can pretend to have, as NVIDIA's feature discovery names them. */
final class GpuModels {
  private static final List<GpuModel> ALL =
      List.of(
          GpuModel.T4,
          new GpuModel("Tesla-K80", "kepler", 11_441),
          new GpuModel("Tesla-P100-PCIE-16GB", "pascal", 16_384),
          new GpuModel("Tesla-V100-SXM2-16GB", "volta", 16_384),
          new GpuModel("Tesla-V100-SXM2-32GB", "volta", 32_768),
          new GpuModel("NVIDIA-L4", "ada-lovelace", 23_034),
          new GpuModel("NVIDIA-A10", "ampere", 23_028),
          new GpuModel("NVIDIA-A100-SXM4-40GB", "ampere", 40_960),
          new GpuModel("NVIDIA-A100-SXM4-80GB", "ampere", 81_920),
          new GpuModel("NVIDIA-H100-80GB-HBM3", "hopper", 81_559));

  private GpuModels() {}

  static Optional<GpuModel> find(String product) {
    return ALL.stream().filter(model -> model.product().equals(product)).findFirst();
  }

  static List<String> products() {
    return ALL.stream().map(GpuModel::product).toList();
  }
}
