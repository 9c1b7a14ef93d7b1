package dev.mlk.practice.node.image;

import java.util.Locale;

/** What can go wrong at a registry, in containerd's words. */
public enum PullError {
  /** There is no such image. */
  NOT_FOUND("%2$s: not found"),
  /** The registry wants credentials and got none, or bad ones. */
  UNAUTHORIZED(
      "pull access denied, repository does not exist or may require authorization: "
          + "authorization failed: no basic auth credentials"),
  /** The registry does not answer. */
  TIMEOUT("failed to do request: Head \"https://%1$s\": dial tcp: i/o timeout"),
  /** Too many pulls. */
  RATE_LIMIT(
      "unexpected status from HEAD request to https://%1$s: 429 Too Many Requests - Server message:"
          + " toomanyrequests: You have reached your pull rate limit"),
  /** The registry is broken. */
  UNAVAILABLE("unexpected status from HEAD request to https://%1$s: 503 Service Unavailable");

  private final String words;

  PullError(String words) {
    this.words = words;
  }

  static PullError of(String name) {
    try {
      return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "error: \""
              + name
              + "\" is none of not-found, unauthorized, timeout, rate-limit, unavailable",
          e);
    }
  }

  /** The sentence for an image; it says that the registry is simulated. */
  public String message(String reference) {
    Reference parsed = Reference.parse(reference);
    String full = parsed.full();
    String place =
        Reference.registry(reference)
            + "/v2/"
            + parsed.path()
            + "/manifests/"
            + (parsed.tag().isEmpty() ? "latest" : parsed.tag());
    return "failed to pull and unpack image \""
        + full
        + "\": failed to resolve reference \""
        + full
        + "\": "
        + words.replace("%1$s", place).replace("%2$s", full)
        + " (simulated registry)";
  }
}
