package dev.mlk.practice.node.process;

/**
 * One process of this machine, as the system's table shows it.
 *
 * @param pid its number
 * @param parent its parent's number
 * @param session the leader of its session; of its process group where sessions are not told
 * @param memory bytes of memory that it shares with no file and no other process
 * @param cpuNanos processor time used so far, in nanoseconds
 */
record ProcessEntry(long pid, long parent, long session, long memory, long cpuNanos) {}
