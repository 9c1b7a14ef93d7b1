package dev.mlk.cluster;

import dev.mlk.console.Console;
import dev.mlk.console.Invocation;
import dev.mlk.problem.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code mlk cluster serve}, the background process itself; {@code mlk cluster start} starts it.
 * Its standard output tells the starter that it is ready, or why not, and is closed then.
 */
@Command(
    name = "serve",
    hidden = true,
    description = "Run a practice cluster in this process",
    footer = {"", "Examples:", "  mlk cluster serve --folder ~/.mlk/clusters/practice"})
final class ClusterServeCommand implements Callable<Integer> {
  private static final System.Logger LOG = System.getLogger(ClusterServeCommand.class.getName());

  @Option(names = "--folder", required = true, paramLabel = "DIR", description = "Its files.")
  private Path path;

  @Option(
      names = "--temporary",
      description = "End when standard input ends, and remove the home that the folder is in.")
  private boolean temporary;

  private final Invocation invocation;

  ClusterServeCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    Console console = invocation.console();
    ClusterFolder folder = new ClusterFolder(path.getFileName().toString(), path.toAbsolutePath());
    Optional<ClusterLock> lock = ClusterLock.take(folder.lock(), ProcessHandle.current().pid());
    if (lock.isEmpty()) {
      console.print("another process runs this cluster");
      return ExitCode.CONFLICT.number();
    }
    ClusterServer server;
    try {
      server =
          ClusterServer.start(
              folder,
              lock.get(),
              ClusterProcess.images(),
              invocation.environment().getOrDefault("PATH", "/usr/bin:/bin"),
              invocation.clock().withZone(ZoneOffset.UTC),
              line -> tell(console, line));
    } catch (IOException e) {
      console.print(String.valueOf(e.getMessage()));
      throw e;
    } catch (RuntimeException e) {
      console.print(e.toString());
      throw e;
    }
    AtomicBoolean abandoned = new AtomicBoolean();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> close(server, folder, abandoned), "cluster-stop"));
    console.print(ClusterProcess.READY);
    console.out().close();
    if (temporary) {
      long unread = console.in().transferTo(OutputStream.nullOutputStream());
      LOG.log(System.Logger.Level.INFO, "whoever started this cluster is gone ({0})", unread);
      abandoned.set(true);
    } else {
      new CountDownLatch(1).await();
    }
    return 0;
  }

  private static void tell(Console console, String progress) {
    console.print(ClusterProcess.PROGRESS + progress);
    console.out().flush();
  }

  private static void close(ClusterServer server, ClusterFolder folder, AtomicBoolean abandoned) {
    try {
      server.close();
      if (abandoned.get()) {
        TemporaryCluster.remove(folder);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "could not stop cleanly", e);
    }
  }
}
