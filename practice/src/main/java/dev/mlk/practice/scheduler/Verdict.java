package dev.mlk.practice.scheduler;

import java.util.List;

/**
 * Whether a node fits.
 *
 * @param reasons why not, in kube-scheduler's words; empty when it fits
 * @param lasting whether evicting other pods would not help
 */
record Verdict(List<String> reasons, boolean lasting) {
  static final Verdict FITS = new Verdict(List.of(), false);

  /** Never, whatever else is evicted. */
  static Verdict never(String reason) {
    return new Verdict(List.of(reason), true);
  }

  /** Not with the pods that are there. */
  static Verdict notNow(String reason) {
    return new Verdict(List.of(reason), false);
  }

  boolean fits() {
    return reasons.isEmpty();
  }
}
