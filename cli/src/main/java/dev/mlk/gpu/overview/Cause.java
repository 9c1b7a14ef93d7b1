package dev.mlk.gpu.overview;

/** Why a pod that asks for GPUs waits, in the order in which they are worth looking at. */
enum Cause {
  TAKEN("others have the GPUs"),
  NO_ROOM_BESIDE("GPUs are free, but CPU or memory beside them are not"),
  CLOSED("the nodes with such GPUs are cordoned or not ready"),
  TAINTS("the nodes with such GPUs have a taint that is not tolerated"),
  LABELS("no node with such GPUs has the labels asked for"),
  NEVER("no node is that large"),
  VOLUME("a volume claim is not bound"),
  HELD("held back by a queue"),
  UNSEEN("no scheduler has looked yet"),
  OTHER("in the scheduler's words");

  private final String sentence;

  Cause(String sentence) {
    this.sentence = sentence;
  }

  /** A clause without a full stop. */
  String sentence() {
    return sentence;
  }
}
