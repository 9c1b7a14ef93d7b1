package dev.mlk.practice.node.probe;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

/** The container that is asked. */
public interface ProbeTarget {
  /** How a command ended and what it wrote. */
  record Ended(int exitCode, String output) {}

  /** Runs a command in the container; one that takes longer is ended and has failed. */
  Ended execute(List<String> command, Duration timeout) throws IOException, InterruptedException;

  /** Connects to a port of the container. */
  Socket connect(int port) throws IOException;

  /** The number of a port that may be given by name. */
  int port(String numberOrName) throws IOException;
}
