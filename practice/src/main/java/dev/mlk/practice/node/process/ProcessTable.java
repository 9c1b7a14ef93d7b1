package dev.mlk.practice.node.process;

import java.util.List;
import java.util.Set;

/** The system's table of processes; zombies are left out. */
interface ProcessTable {
  /** All processes now. */
  List<ProcessEntry> read();

  /** The processes among these whose environment at their start held the text. */
  Set<Long> marked(List<ProcessEntry> processes, String mark);

  /** The table of this machine. */
  static ProcessTable ofThisMachine() {
    return LinuxProcessTable.available() ? new LinuxProcessTable() : new PsProcessTable();
  }
}
