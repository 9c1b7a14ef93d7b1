package dev.mlk.practice.kubelet;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the API server asks of the node agent that runs a pod, behind the pod's subresources log,
 * exec, attach and portforward, and behind {@code metrics.k8s.io}. The pod is on one of the agent's
 * nodes; everything else (rights, container names) has been checked.
 */
public interface PodStreams {
  /**
   * A container of a pod.
   *
   * @param uid the pod's uid, so that a successor of the same name is not mistaken for it
   */
  record Target(String namespace, String pod, String uid, String container) {}

  /**
   * What to show of a log.
   *
   * @param follow go on until the container ends
   * @param previous the container before the last restart
   * @param tailLines lines from the end, all when empty
   * @param since only lines from that moment on
   * @param limitBytes at most so many bytes
   * @param timestamps each line begins with its time
   */
  record LogOptions(
      boolean follow,
      boolean previous,
      Optional<Integer> tailLines,
      Optional<Instant> since,
      Optional<Long> limitBytes,
      boolean timestamps) {}

  /** A size of a terminal in characters. */
  record TerminalSize(int columns, int rows) {}

  /** A command that runs in a container. With a terminal there is no separate error stream. */
  interface RunningCommand extends AutoCloseable {
    OutputStream stdin();

    InputStream stdout();

    InputStream stderr();

    void resize(TerminalSize size);

    /** Waits for the end. Returns the exit code. */
    int waitFor() throws InterruptedException;

    /** Ends the command and all that it started. */
    @Override
    void close();
  }

  /**
   * Opens a container's log; reading blocks while following.
   *
   * @throws IOException with the sentence for the user when there is no such log
   */
  InputStream log(Target target, LogOptions options) throws IOException;

  /** Starts a command beside the container's own process: same folder, environment and mounts. */
  RunningCommand exec(Target target, List<String> command, boolean terminal) throws IOException;

  /** Connects to the container's running main process. */
  RunningCommand attach(Target target, boolean terminal) throws IOException;

  /** Connects to a port of the pod, as its containers name it. */
  Socket connect(Target target, int port) throws IOException;

  /** What the agent's nodes and the containers on them use, as last measured. */
  default NodeUsage usage() {
    return NodeUsage.NONE;
  }
}
