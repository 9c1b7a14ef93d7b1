package dev.mlk.job;

/** How a job is doing, as far as anybody can tell from its pods and events. */
public enum Verdict {
  SUCCEEDED(true),
  FAILED(true),
  /** Killed because it used more memory than its limit. */
  OUT_OF_MEMORY(true),
  /** Its image is not there, or may not be pulled. */
  IMAGE(true),
  /** No node of this cluster could ever take one of its pods. */
  NEVER_FITS(true),
  /** The namespace's quota does not allow its pods. */
  OVER_QUOTA(true),
  /** It names a ConfigMap, Secret or claim that is not there, or a command that does not exist. */
  CONFIGURATION(false),
  /** It waits for something that can come by itself. */
  WAITING(false),
  SUSPENDED(false),
  RUNNING(false);

  private final boolean last;

  Verdict(boolean last) {
    this.last = last;
  }

  /** Whether waiting longer changes nothing unless somebody does something. */
  public boolean last() {
    return last;
  }
}
