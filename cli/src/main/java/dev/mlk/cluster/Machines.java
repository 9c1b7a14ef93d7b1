package dev.mlk.cluster;

/**
 * A cluster's nodes, all alike.
 *
 * @param nodes how many
 * @param gpus simulated GPUs of each
 * @param gpuModel what they pretend to be
 * @param cpu CPUs of each, as a quantity
 * @param memory memory of each, as a quantity
 */
record Machines(int nodes, int gpus, String gpuModel, String cpu, String memory) {
  /** Three nodes with a GPU each. */
  static final Machines DEFAULT = new Machines(3, 1, "Tesla-T4", "8", "32Gi");

  /** Such as {@code 3 nodes with 8 CPUs, 32Gi and 1 simulated GPU each}. */
  String words() {
    if (nodes == 0) {
      return "no nodes";
    }
    return nodes
        + (nodes == 1 ? " node" : " nodes")
        + " with "
        + cpu
        + (cpu.equals("1") ? " CPU, " : " CPUs, ")
        + memory
        + " and "
        + (gpus == 0 ? "no" : Integer.toString(gpus))
        + (gpus == 1 ? " simulated GPU" : " simulated GPUs")
        + (nodes == 1 ? "" : " each");
  }
}
