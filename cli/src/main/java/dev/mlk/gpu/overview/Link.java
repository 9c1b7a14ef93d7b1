package dev.mlk.gpu.overview;

import java.util.List;
import java.util.Optional;

/**
 * What connects the GPUs of one node, as far as their model tells.
 *
 * @param name what it is
 * @param gigabytes what one GPU sends and receives together, GB/s
 * @param source where the figure is from
 * @param switched whether every GPU reaches every other one over it
 */
record Link(String name, int gigabytes, String source, boolean switched) {
  /**
   * A model.
   *
   * @param part what its product label contains
   * @param link what its GPUs are connected by
   */
  private record Model(String part, Link link) {}

  private static final String NVIDIA = "NVIDIA's data sheet";
  private static final String PCI = "PCI-SIG, 16 lanes";
  private static final Link PCIE_3 = new Link("PCIe 3.0", 32, PCI, false);
  private static final Link PCIE_4 = new Link("PCIe 4.0", 64, PCI, false);
  private static final Link PCIE_5 = new Link("PCIe 5.0", 128, PCI, false);
  private static final Link NVLINK_4 = new Link("NVLink 4", 900, NVIDIA, true);
  private static final Link NVLINK_5 = new Link("NVLink 5", 1800, NVIDIA, true);

  /** The first whose part is in the label holds, so the special ones stand before the general. */
  private static final List<Model> MODELS =
      List.of(
          new Model("V100-SXM", new Link("NVLink 2", 300, NVIDIA, false)),
          new Model("A800-SXM", new Link("NVLink 3", 400, NVIDIA, true)),
          new Model("A100-SXM", new Link("NVLink 3", 600, NVIDIA, true)),
          new Model("H100-PCIe", PCIE_5),
          new Model("H100-NVL", PCIE_5),
          new Model("H200-NVL", PCIE_5),
          new Model("H100", NVLINK_4),
          new Model("H200", NVLINK_4),
          new Model("B200", NVLINK_5),
          new Model("B300", NVLINK_5),
          new Model("MI300X", new Link("Infinity Fabric", 896, "AMD's data sheet", true)),
          new Model("A100-PCIE", PCIE_4),
          new Model("A10", PCIE_4),
          new Model("A30", PCIE_4),
          new Model("A40", PCIE_4),
          new Model("L4", PCIE_4),
          new Model("V100-PCIE", PCIE_3),
          new Model("P100-PCIE", PCIE_3),
          new Model("T4", PCIE_3));

  /**
   * What connects the GPUs of a node; empty where the model does not tell, or is only simulated.
   */
  static Optional<Link> of(GpuNode node) {
    String model = node.simulated() ? "" : node.model();
    return MODELS.stream().filter(one -> model.contains(one.part)).map(Model::link).findFirst();
  }

  /** {@code NVLink 3, 600 GB/s a GPU}. */
  String text() {
    return name + ", " + gigabytes + " GB/s a GPU";
  }
}
