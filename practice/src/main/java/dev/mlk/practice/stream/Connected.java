package dev.mlk.practice.stream;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Work that lasts no longer than the connection it is done for. */
final class Connected {
  private static final Logger LOG = System.getLogger(Connected.class.getName());

  private Connected() {}

  /** Something that uses a connection. */
  interface Work {
    void run() throws IOException, InterruptedException;
  }

  /**
   * Does the work in a thread of its own while this one reads the connection. When the work is done
   * the connection is told goodbye; when the connection ends the work is interrupted.
   */
  static void run(Work work, Work reading, Work goodbye) throws IOException, InterruptedException {
    Thread reader = Thread.currentThread();
    Thread worker =
        Thread.ofVirtual()
            .name("pod stream")
            .start(
                () -> {
                  attempt(work);
                  attempt(goodbye);
                });
    try {
      reading.run();
    } catch (IOException e) {
      // The client is gone without a word.
      LOG.log(Level.DEBUG, "connection of " + reader.getName() + " ended", e);
    } finally {
      worker.interrupt();
      worker.join();
    }
  }

  private static void attempt(Work work) {
    try {
      work.run();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a stream to a pod ended early", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
