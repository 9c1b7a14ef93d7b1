package dev.mlk.practice.kind;

import java.util.List;

/** What is agreed between the configuration of validating webhooks and those who ask them. */
public final class ValidatingWebhooks {
  /** What match conditions may speak of. */
  public static final List<String> CONDITION_VARIABLES = List.of("object", "oldObject", "request");

  private ValidatingWebhooks() {}
}
