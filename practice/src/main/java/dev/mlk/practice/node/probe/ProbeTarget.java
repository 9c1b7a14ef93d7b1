package dev.mlk.practice.node.probe;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

/** The container that is asked. */
public interface ProbeTarget {
  /**
   * How a command ended.
   *
   * @param late whether it was ended because it took too long
   * @param output the beginning of what it wrote
   */
  record Ended(int exitCode, boolean late, String output) {}

  /** Runs a command in the container; one that takes longer is ended. */
  Ended execute(List<String> command, Duration timeout) throws IOException, InterruptedException;

  /**
   * Connects to a port.
   *
   * @param host another host than the pod, empty for the pod itself
   */
  Socket connect(String host, int port, Duration timeout) throws IOException;

  /** The number of a port that may be given by name. */
  int port(String numberOrName) throws IOException;

  /** What messages call a host: the pod's address when it is empty. */
  String address(String host);
}
