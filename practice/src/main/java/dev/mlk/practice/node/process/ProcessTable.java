package dev.mlk.practice.node.process;

import java.util.List;
import java.util.Set;

/** The system's table of processes; zombies are left out. */
interface ProcessTable {
  /** All processes now. */
  List<ProcessEntry> read();

  /** The processes among these whose environment at their start held the text. */
  Set<Long> marked(List<ProcessEntry> processes, String mark);

  /**
   * Whether one of them listens on that port of 127.0.0.1, in the network where it runs; false
   * where the system does not tell.
   */
  default boolean listens(Set<Long> processes, int port) {
    return false;
  }

  /** The table of this machine. */
  static ProcessTable ofThisMachine() {
    return LinuxProcessTable.available() ? new LinuxProcessTable() : new PsProcessTable();
  }
}
