package dev.mlk.practice.api.webhook;

import dev.mlk.practice.status.ApiError;
import java.util.List;

/** A webhook is against the write, or could not be asked. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient ApiError error;
  private final transient List<String> warnings;

  Refusal(ApiError error, List<String> warnings) {
    super(error);
    this.error = error;
    this.warnings = warnings;
  }

  ApiError error() {
    return error;
  }

  List<String> warnings() {
    return warnings;
  }
}
