package dev.mlk.tfjob.operator;

/**
 * Something to tell people about a job, as an event.
 *
 * @param warning whether it is a warning
 * @param reason one word
 * @param message a sentence
 * @param about what it is about: told once only for each; empty: told each time it is decided
 */
record Note(boolean warning, String reason, String message, String about) {
  static Note normal(String reason, String message) {
    return new Note(false, reason, message, "");
  }

  static Note warning(String reason, String message) {
    return new Note(true, reason, message, "");
  }
}
