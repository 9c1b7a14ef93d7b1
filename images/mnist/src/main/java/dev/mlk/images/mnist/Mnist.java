package dev.mlk.images.mnist;

import java.util.List;

/** Starts the program and ends with its exit code. */
public final class Mnist {
  private Mnist() {}

  /** The entry point of the image. */
  public static void main(String[] words) {
    System.exit(Program.system().run(List.of(words)));
  }
}
