package dev.mlk.course.watch;

/** Something that tells when it has changed, until it is closed. */
interface Changes extends AutoCloseable {
  /** Told of changes, on any thread; must not block. */
  interface Listener {
    /**
     * Something changed.
     *
     * @param what in a few words
     */
    void changed(String what);
  }

  @Override
  void close();
}
