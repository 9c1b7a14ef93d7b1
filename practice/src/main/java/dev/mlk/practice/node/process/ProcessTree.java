package dev.mlk.practice.node.process;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Finds and ends all processes that belong together. */
final class ProcessTree {
  private static final int ROUNDS = 200;
  private static final long PAUSE_NANOS = Duration.ofMillis(10).toNanos();

  private final ProcessTable table;
  private final long self = ProcessHandle.current().pid();

  ProcessTree(ProcessTable table) {
    this.table = table;
  }

  /**
   * Kills the processes of a session, their descendants, and all that carry the mark, until none is
   * left. A process that starts others while it is being killed is why there are rounds.
   *
   * @param leader the session's leader, 0 for none
   */
  void kill(long leader, String mark) {
    for (int round = 0; round < ROUNDS; round++) {
      Set<Long> members = members(table.read(), leader, mark);
      if (members.isEmpty()) {
        return;
      }
      for (long pid : members) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** A marked process that leads a session brings in those that hide their environment. */
  private Set<Long> members(List<ProcessEntry> processes, long leader, String mark) {
    Set<Long> members = new HashSet<>(table.marked(processes, mark));
    Set<Long> leaders = new HashSet<>();
    if (leader != 0) {
      leaders.add(leader);
    }
    for (ProcessEntry process : processes) {
      if (process.pid() == process.session() && members.contains(process.pid())) {
        leaders.add(process.pid());
      }
    }
    for (long one : leaders) {
      members.addAll(session(processes, one));
    }
    members.remove(self);
    return members;
  }

  /** The members of a session and whatever descends from them. */
  static Set<Long> session(List<ProcessEntry> processes, long leader) {
    Map<Long, Set<Long>> children = new HashMap<>();
    Set<Long> members = new HashSet<>();
    for (ProcessEntry process : processes) {
      children.computeIfAbsent(process.parent(), _ -> new HashSet<>()).add(process.pid());
      if (process.session() == leader || process.pid() == leader) {
        members.add(process.pid());
      }
    }
    Deque<Long> open = new ArrayDeque<>(members);
    while (!open.isEmpty()) {
      for (long child : children.getOrDefault(open.pop(), Set.of())) {
        if (members.add(child)) {
          open.push(child);
        }
      }
    }
    return members;
  }
}
