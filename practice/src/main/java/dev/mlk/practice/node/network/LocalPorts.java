package dev.mlk.practice.node.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Gives out ports of this machine that nobody uses, each once. */
final class LocalPorts {
  /**
   * Below the ports that systems give to outgoing connections, above those of well-known servers.
   */
  private static final int FIRST = 20_000;

  private static final int COUNT = 10_000;

  private final Set<Integer> taken = new HashSet<>();
  private int next;

  LocalPorts(RandomGenerator random) {
    // Several clusters on one machine begin at different places.
    next = random.nextInt(COUNT);
  }

  synchronized int take() {
    for (int tries = 0; tries < COUNT; tries++) {
      int port = FIRST + next;
      next = (next + 1) % COUNT;
      if (!taken.contains(port) && free(port)) {
        taken.add(port);
        return port;
      }
    }
    throw new IllegalStateException("no free port between " + FIRST + " and " + (FIRST + COUNT));
  }

  synchronized void release(int port) {
    taken.remove(port);
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
