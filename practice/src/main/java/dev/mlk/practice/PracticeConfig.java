package dev.mlk.practice;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;

/**
 * How to start a practice cluster.
 *
 * @param name the cluster's name, as the kubeconfig's context has it
 * @param folder the cluster's private folder; made when it is not there
 * @param port the TLS port on loopback, 0 for the one of the last start or any free one
 * @param clock the time
 */
public record PracticeConfig(String name, Path folder, int port, InstantSource clock) {
  public PracticeConfig {
    Objects.requireNonNull(name, "name");
    folder = folder.toAbsolutePath().normalize();
    Objects.requireNonNull(clock, "clock");
  }

  /** A cluster of that name in a folder, on any free port, with the system's clock. */
  public static PracticeConfig of(String name, Path folder) {
    return new PracticeConfig(name, folder, 0, InstantSource.system());
  }
}
