package dev.mlk.course;

/** What a check needs of a cluster. The name is the letter that modules write. */
public enum Capability {
  P("objects and controllers"),
  S("pods that run"),
  N("HTTP to services"),
  C("a container engine"),
  G("a real GPU");

  private final String words;

  Capability(String words) {
    this.words = words;
  }

  /** In words, as in {@code needs a real GPU}. */
  public String words() {
    return words;
  }
}
