package dev.mlk.practice.node.network;

import java.util.Optional;

/** What is known of the cluster's Services when names are translated. */
public interface ServiceView {
  /** What a name stands for. */
  sealed interface Meaning {
    /** A Service with an address: host and port to connect to. */
    record At(String host, int port) implements Meaning {}

    /** A Service without an address: its name stands for its pods. */
    record Headless() implements Meaning {}

    /** No such Service. */
    record Unknown() implements Meaning {}

    /** A Service with an address, but without that port. */
    record NoSuchPort() implements Meaning {}
  }

  /** The Service of that name, asked for that port; an empty port stands for the only one. */
  Meaning meaning(String namespace, String name, Optional<Integer> port);

  /** Whether there is such a namespace. */
  boolean namespace(String name);
}
