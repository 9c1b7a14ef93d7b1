package dev.mlk.practice.node;

import dev.mlk.practice.node.process.LocalProcess;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What runs in a container. */
interface Workload {
  /** How it ended. */
  record Exit(int code, boolean outOfMemory) {}

  /** Completed when it has ended and its log is complete. */
  CompletableFuture<Exit> exit();

  /** Asks it to end. */
  void terminate();

  /** Ends it at once. */
  void kill();

  /** Ends it as the kernel does when memory is short. */
  void killForMemory();

  /** What it uses, when nothing can be measured and it tells itself. */
  Optional<Usage> simulatedUse();

  /** Its process; none when it is simulated. */
  Optional<LocalProcess> process();
}
