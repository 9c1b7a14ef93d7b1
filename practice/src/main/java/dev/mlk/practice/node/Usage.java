package dev.mlk.practice.node;

/**
 * What a container uses.
 *
 * @param cpuMillis thousandths of a processor, averaged over the last seconds
 * @param memory bytes of memory of its own; files that it reads do not count
 */
public record Usage(long cpuMillis, long memory) {
  /** Nothing. */
  public static final Usage NONE = new Usage(0, 0);

  /** Both together. */
  public Usage plus(Usage other) {
    return new Usage(cpuMillis + other.cpuMillis, memory + other.memory);
  }
}
