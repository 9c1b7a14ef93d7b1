package dev.mlk.check;

import dev.mlk.facts.Names;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether the API server is there, new enough, trusted for long enough, and agrees on the time. */
final class ApiChecks {
  /** Field validation, aggregated discovery and CEL rules are there from this one on. */
  private static final int OLDEST = 27;

  private static final String DEPRECATED = "apiserver_requested_deprecated_apis{";
  private static final Duration SLOW = Duration.ofSeconds(1);
  private static final Duration ODD_CLOCK = Duration.ofSeconds(5);

  /** Tokens and certificates are refused, and leases change hands, from about here on. */
  private static final Duration WRONG_CLOCK = Duration.ofMinutes(1);

  private ApiChecks() {}

  static List<Check<Facts>> all() {
    return List.of(
        new Check<>(
            "api", "reachable", "the API server answers, and quickly", ApiChecks::reachable),
        new Check<>("api", "version", "its version is new enough", ApiChecks::version),
        new Check<>("api", "certificates", "no certificate ends soon", ApiChecks::certificates),
        new Check<>("api", "clock", "its clock and this machine's agree", ApiChecks::clock),
        new Check<>("api", "extensions", "aggregated APIs answer", ApiChecks::extensions),
        new Check<>("api", "deprecated", "nobody uses APIs that will go", ApiChecks::deprecated));
  }

  private static List<Verdict> reachable(Facts facts) {
    Server server = facts.server();
    String seen =
        "Kubernetes "
            + server.version()
            + " at "
            + facts.connection().server()
            + " answers in "
            + server.took().toMillis()
            + " ms";
    if (server.took().compareTo(SLOW) > 0) {
      return List.of(
          Verdict.warn(
              "",
              seen,
              "an answer within " + SLOW.toSeconds() + " s",
              "kubectl get --raw '/readyz?verbose'"));
    }
    return List.of(Verdict.pass(seen));
  }

  private static List<Verdict> version(Facts facts) {
    Server server = facts.server();
    if (server.minor() < 0) {
      return List.of(Verdict.skip("the server's version cannot be read: " + server.version(), ""));
    }
    String seen = "the server is " + server.version();
    return List.of(
        server.minor() < OLDEST
            ? Verdict.warn(
                "",
                seen,
                "1." + OLDEST + " or newer: older ones do not refuse unknown fields",
                "upgrade the control plane")
            : Verdict.pass(seen));
  }

  private static List<Verdict> certificates(Facts facts) {
    List<Certificates.Named> certificates = Certificates.of(facts);
    if (certificates.isEmpty()) {
      return List.of(Verdict.skip("no certificate is used on the way to this cluster", ""));
    }
    List<Verdict> verdicts = new ArrayList<>();
    for (Certificates.Named certificate : certificates) {
      verdicts.add(certificate.judge(facts.clock().instant()));
    }
    return verdicts;
  }

  private static List<Verdict> clock(Facts facts) {
    if (facts.server().ahead().isEmpty()) {
      return List.of(Verdict.skip("the server does not tell its time", ""));
    }
    Duration ahead = facts.server().ahead().get();
    Duration off = ahead.abs();
    if (off.compareTo(ODD_CLOCK) <= 0) {
      return List.of(Verdict.pass("the server's clock and this machine's agree"));
    }
    String seen =
        "the server's clock is "
            + off.toSeconds()
            + " s "
            + (ahead.isNegative() ? "behind" : "ahead of")
            + " this machine's";
    String expected = "less than " + ODD_CLOCK.toSeconds() + " s";
    String next = "timedatectl status, here and on the control plane";
    return List.of(
        off.compareTo(WRONG_CLOCK) > 0
            ? Verdict.fail("", seen, expected + "; tokens and leases go wrong", next)
            : Verdict.warn("", seen, expected, next));
  }

  private static List<Verdict> extensions(Facts facts) {
    return facts
        .discovery()
        .either(
            discovery -> {
              List<String> stale = discovery.stale();
              return List.of(
                  stale.isEmpty()
                      ? Verdict.pass("all API groups answer")
                      : Verdict.fail(
                          "apiservice/" + stale.getFirst(),
                          Names.some(stale) + " does not answer",
                          "each aggregated API answers; until then namespaces cannot be deleted",
                          "kubectl get apiservice " + stale.getFirst() + " -o yaml"));
            },
            Verdict::unknown);
  }

  /** The server counts by itself who asks for deprecated versions. */
  private static List<Verdict> deprecated(Facts facts) {
    return facts
        .lines("/metrics", "read the server's own figures", line -> line.startsWith(DEPRECATED))
        .either(
            lines -> {
              List<String> used =
                  lines.stream().filter(line -> !line.endsWith(" 0")).map(ApiChecks::api).toList();
              return List.of(
                  used.isEmpty()
                      ? Verdict.pass("no deprecated API was asked for since the server started")
                      : Verdict.warn(
                          "",
                          "deprecated APIs are in use: " + Names.some(used),
                          "their successors, before the next upgrade of the control plane",
                          "kubectl get --raw /metrics | grep requested_deprecated_apis"));
            },
            Verdict::unknown);
  }

  /** {@code {group="apps",removed_release="1.40",resource="x",version="v1beta1"}} in words. */
  private static String api(String line) {
    String removed = label(line, "removed_release");
    return label(line, "resource")
        + "."
        + label(line, "version")
        + "."
        + label(line, "group")
        + (removed.isEmpty() ? "" : " (gone in " + removed + ")");
  }

  private static String label(String line, String name) {
    int start = line.indexOf(name + "=\"");
    if (start < 0) {
      return "";
    }
    start += name.length() + 2;
    return line.substring(start, line.indexOf('"', start));
  }
}
