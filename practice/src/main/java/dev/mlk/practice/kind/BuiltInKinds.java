package dev.mlk.practice.kind;

import java.util.List;

/** All kinds that the built-in engine has without any custom resource definition. */
public final class BuiltInKinds {
  private BuiltInKinds() {}

  /** The kinds in discovery's order: core first, then by group. */
  public static List<Kind> all() {
    return List.of();
  }
}
