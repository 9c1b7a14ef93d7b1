package dev.mlk.course.content;

import dev.mlk.course.verify.Workshop;
import java.nio.file.Path;

/** A cluster to try modules on. */
public interface Bench extends AutoCloseable {
  /**
   * A workshop on it.
   *
   * @param namespace the namespace, which need not be there
   * @param folder the folder for files and progress
   */
  Workshop open(String namespace, Path folder);

  /** A folder for files and progress, which goes with the bench. */
  Path folder();

  /** Whether the cluster is still there when the bench is closed. */
  boolean lasting();

  @Override
  void close();
}
