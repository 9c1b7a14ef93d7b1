package dev.mlk.practice.node.image;

/**
 * A reference to an image, as a container names it.
 *
 * @param repository the repository without the parts that mean Docker Hub
 * @param tag the tag, {@code latest} when neither tag nor digest is given
 */
record Reference(String repository, String tag) {
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
}
