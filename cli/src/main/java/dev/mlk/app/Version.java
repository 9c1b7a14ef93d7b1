package dev.mlk.app;

/** The version of this mlk. A test holds it equal to the build's. */
public final class Version {
  /** Such as {@code 0.1.0}; a constant, so that printing it reads no file. */
  public static final String TEXT = "0.1.0";

  private Version() {}
}
