package dev.mlk.gpu.verify;

import dev.mlk.check.Verdict;

/**
 * A verdict of a verification.
 *
 * @param question what was asked
 * @param node the node
 * @param gpu which of its GPUs, from 0; -1 for the node as a whole
 * @param verdict the answer; its object is filled in here
 */
record Finding(Question question, String node, int gpu, Verdict verdict) {
  /** The node as a whole. */
  static final int WHOLE = -1;

  Finding {
    String object = "node/" + node + (gpu < 0 ? "" : "/gpu/" + gpu);
    verdict =
        new Verdict(verdict.outcome(), object, verdict.seen(), verdict.expected(), verdict.next());
  }

  /** {@code gpu-1} or {@code gpu-1 GPU 0}, as sentences begin. */
  String subject() {
    return gpu < 0 ? node : node + " GPU " + gpu;
  }
}
