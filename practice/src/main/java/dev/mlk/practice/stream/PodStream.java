package dev.mlk.practice.stream;

import dev.mlk.practice.kubelet.PodStreams.Target;
import java.util.List;

/** What a client wants of a running pod, once all about it has been checked. */
public sealed interface PodStream {
  /** The container; for ports any container of the pod. */
  Target target();

  /**
   * To run a command in a container, or to be connected to its main process.
   *
   * @param command the command, empty to attach to the main process
   * @param stdin whether the client sends input
   * @param stdout whether the client wants the output
   * @param stderr whether the client wants the errors apart; not with a terminal
   * @param terminal whether there is a terminal
   */
  record Command(
      Target target,
      List<String> command,
      boolean stdin,
      boolean stdout,
      boolean stderr,
      boolean terminal)
      implements PodStream {
    public Command {
      command = List.copyOf(command);
    }
  }

  /**
   * To be connected to ports of the pod.
   *
   * @param ports the ports that the query names; the SPDY protocol names them later
   */
  record Ports(Target target, List<Integer> ports) implements PodStream {
    public Ports {
      ports = List.copyOf(ports);
    }
  }
}
