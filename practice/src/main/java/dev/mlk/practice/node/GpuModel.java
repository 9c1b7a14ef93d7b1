package dev.mlk.practice.node;

import java.util.Objects;

/**
 * A kind of GPU that nodes pretend to have.
 *
 * @param product its name as NVIDIA's feature discovery labels it, such as {@code Tesla-T4}
 * @param family its architecture
 * @param memoryMebibytes its memory
 */
public record GpuModel(String product, String family, long memoryMebibytes) {
  /** What workshops usually get. */
  public static final GpuModel T4 = new GpuModel("Tesla-T4", "turing", 15_360);

  public GpuModel {
    Objects.requireNonNull(product, "product");
    Objects.requireNonNull(family, "family");
  }
}
