package dev.mlk.practice.store;

/** When an acknowledged write is on the medium. The end of the process never loses one. */
public enum Durability {
  /** Within a tenth of a second: a power cut may take what was written meanwhile. */
  SOON,
  /** Before it is acknowledged, as etcd does it: nothing is lost, and each write waits for it. */
  AT_ONCE
}
