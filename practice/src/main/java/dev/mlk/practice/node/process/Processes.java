package dev.mlk.practice.node.process;

import com.pty4j.PtyProcessBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * All processes of one practice cluster. Each runs in a session of its own and carries the
 * cluster's mark in its environment. None is left after {@link #close}, and none for long after
 * this JVM ends in any other way: a guardian process sees to that.
 */
public final class Processes implements AutoCloseable {
  /** The environment variable that says to whom a process belongs. */
  public static final String MARK = "MLK_PRACTICE";

  private final String mark;
  private final List<String> launcher = Sessions.launcher();
  private final ProcessTable table = ProcessTable.ofThisMachine();
  private final ProcessTree tree = new ProcessTree(table);
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<LocalProcess> running = ConcurrentHashMap.newKeySet();
  private final Guardian guardian;

  private Processes(Path cluster) throws IOException {
    mark = MARK + "=" + cluster.toAbsolutePath().normalize() + "//";
    tree.kill(0, mark);
    guardian = new Guardian(launcher, mark);
  }

  /**
   * Opens a cluster's room for processes; what an earlier run left behind is killed.
   *
   * @param cluster the cluster's folder, which tells it from all others on this machine
   * @throws IOException if no process can be started here
   */
  public static Processes open(Path cluster) throws IOException {
    return new Processes(cluster);
  }

  /**
   * Starts a program.
   *
   * @param owner whose it is, ending in a slash; a process also belongs to each owner that its own
   *     begins with
   * @throws IOException if the program cannot be started
   */
  public LocalProcess start(Program program, String owner) throws IOException {
    Map<String, String> environment = new HashMap<>(program.environment());
    environment.put(MARK, mark.substring(MARK.length() + 1) + owner);
    Process process =
        program.terminal() ? onTerminal(program, environment) : plain(program, environment);
    guardian.began(process.pid());
    LocalProcess started = new LocalProcess(process, mark + owner, this);
    running.add(started);
    started.watch();
    return started;
  }

  /** Kills whatever belongs to the owner. */
  public void kill(String owner) {
    // Just forked, a process does not show its mark yet, but is known by its number.
    for (LocalProcess process : running) {
      if (process.belongsTo(mark + owner)) {
        process.killLeader();
      }
    }
    tree.kill(0, mark + owner);
  }

  /**
   * What each of these uses now, with everything that it started; those that ended are left out.
   */
  public Map<LocalProcess, ProcessUse> measure(Collection<LocalProcess> processes) {
    Map<LocalProcess, ProcessUse> uses = new HashMap<>();
    if (processes.isEmpty()) {
      return uses;
    }
    List<ProcessEntry> entries = table.read();
    for (LocalProcess process : processes) {
      Set<Long> members = ProcessTree.session(entries, process.pid());
      long memory = 0;
      long cpu = 0;
      for (ProcessEntry entry : entries) {
        if (members.contains(entry.pid())) {
          memory += entry.memory();
          cpu += entry.cpuNanos();
        }
      }
      if (!members.isEmpty()) {
        uses.put(process, new ProcessUse(memory, cpu));
      }
    }
    return uses;
  }

  /** Whether a process of the owner listens on that port of 127.0.0.1, in its own network. */
  public boolean listens(String owner, int port) {
    return table.listens(table.marked(table.read(), mark + owner), port);
  }

  private Process plain(Program program, Map<String, String> environment) throws IOException {
    List<String> command = new ArrayList<>(launcher);
    command.addAll(program.command());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(program.folder().toFile())
            .redirectErrorStream(program.mergedErrors());
    builder.environment().clear();
    builder.environment().putAll(environment);
    if (!program.input()) {
      builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
    }
    return builder.start();
  }

  private static Process onTerminal(Program program, Map<String, String> environment)
      throws IOException {
    environment.putIfAbsent("TERM", "xterm");
    return new PtyProcessBuilder(program.command().toArray(String[]::new))
        .setEnvironment(environment)
        .setDirectory(program.folder().toString())
        .setRedirectErrorStream(true)
        .start();
  }

  ProcessTree tree() {
    return tree;
  }

  ExecutorService executor() {
    return executor;
  }

  void ended(LocalProcess process) {
    running.remove(process);
    guardian.ended(process.pid());
  }

  /** Kills everything and waits until it is gone. */
  @Override
  public void close() {
    for (LocalProcess process : running) {
      process.kill();
    }
    tree.kill(0, mark);
    guardian.close();
    executor.shutdown();
  }

  /** The guardian's process, which tests end. */
  long guardianPid() {
    return guardian.pid();
  }
}
