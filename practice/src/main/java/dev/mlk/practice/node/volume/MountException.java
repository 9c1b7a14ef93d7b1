package dev.mlk.practice.node.volume;

/** A volume cannot be set up; the message is what the pod's event shows. */
public final class MountException extends Exception {
  private static final long serialVersionUID = 1;

  /** With the sentence that the kubelet would use. */
  public MountException(String message) {
    super(message);
  }
}
