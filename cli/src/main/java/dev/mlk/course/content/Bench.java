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

  @Override
  void close();
}
