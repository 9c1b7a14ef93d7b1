package dev.mlk.kube;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * Threads of a program that ends as soon as it has its answers. They are the system's own: once a
 * virtual thread has waited for a socket, the JDK keeps a thread in native code for such waits, and
 * a JVM that ends gives a thread in native code 0.3 s to come out of it.
 */
public final class CommandThreads {
  private CommandThreads() {}

  /** Makes threads that keep no program from ending. */
  public static ThreadFactory factory() {
    return Thread.ofPlatform().daemon().name("command-", 0).factory();
  }

  /** A thread a task. */
  public static ExecutorService perTask() {
    return Executors.newThreadPerTaskExecutor(factory());
  }
}
