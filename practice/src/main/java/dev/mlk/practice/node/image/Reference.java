package dev.mlk.practice.node.image;

import java.util.regex.Pattern;

/**
 * A reference to an image, as a container names it.
 *
 * @param repository the repository without the parts that mean Docker Hub
 * @param tag the tag, {@code latest} when neither tag nor digest is given
 */
record Reference(String repository, String tag) {
  private static final String HUB = "docker.io";
  private static final String PART = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "(?:(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*(?::[0-9]+)?/)?"
              + PART
              + "(?:/"
              + PART
              + ")*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9]*:[0-9a-fA-F]{32,})?");

  /** Reads a reference; a digest is kept as it is and matches any tag. */
  static Reference parse(String text) {
    int digest = text.indexOf('@');
    String rest = digest < 0 ? text : text.substring(0, digest);
    int colon = rest.indexOf(':', rest.lastIndexOf('/') + 1);
    String tag = colon < 0 ? digest < 0 ? "latest" : "" : rest.substring(colon + 1);
    return new Reference(plain(colon < 0 ? rest : rest.substring(0, colon)), tag);
  }

  /** The repository as the catalogue lists it. */
  static String plain(String repository) {
    String name = repository;
    for (String hub : new String[] {"docker.io/", "index.docker.io/", "library/"}) {
      if (name.startsWith(hub)) {
        name = name.substring(hub.length());
      }
    }
    return name;
  }

  /** Whether a text can be a reference at all, by the grammar of the distribution project. */
  static boolean valid(String text) {
    return GRAMMAR.matcher(text).matches();
  }

  /** The registry that a reference names; Docker Hub when it names none. */
  static String registry(String text) {
    int slash = text.indexOf('/');
    String first = slash < 0 ? "" : text.substring(0, slash);
    boolean host = first.indexOf('.') >= 0 || first.indexOf(':') >= 0 || first.equals("localhost");
    return host ? first : HUB;
  }

  /** The reference with all that may be left out. */
  String full() {
    String end = tag.isEmpty() ? "" : ":" + tag;
    return (registry(repository).equals(HUB) ? HUB + "/" : registry(repository) + "/")
        + path()
        + end;
  }

  /** The repository within its registry. */
  String path() {
    if (!registry(repository).equals(HUB)) {
      return repository.substring(repository.indexOf('/') + 1);
    }
    return repository.indexOf('/') < 0 ? "library/" + repository : repository;
  }
}
