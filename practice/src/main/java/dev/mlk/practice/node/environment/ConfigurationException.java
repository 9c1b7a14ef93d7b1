package dev.mlk.practice.node.environment;

/** A container cannot be made as its pod describes it; the message is what its status shows. */
public final class ConfigurationException extends Exception {
  private static final long serialVersionUID = 1;

  /** With the kubelet's sentence. */
  public ConfigurationException(String message) {
    super(message);
  }
}
