package dev.mlk.course.content;

import dev.mlk.course.Kubeconfig;
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

  /**
   * The same as somebody finds it whose kubeconfig is wrong.
   *
   * @param wrong what is wrong with it
   */
  Workshop open(String namespace, Path folder, Kubeconfig wrong);

  /** A folder for files and progress, which goes with the bench. */
  Path folder();

  /** Whether the cluster is still there when the bench is closed. */
  boolean lasting();

  @Override
  void close();
}
