package dev.mlk.practice.security;

import dev.mlk.practice.security.Corpus.Sample;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** Requests that make sense, changed by chance; the same ones for the same randomness. */
final class RandomRequests {
  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE");
  private static final List<String> TYPES =
      List.of(
          "application/json",
          "application/yaml",
          "application/json-patch+json",
          "application/merge-patch+json",
          "application/strategic-merge-patch+json",
          "application/apply-patch+yaml",
          "application/vnd.kubernetes.protobuf",
          "text/plain",
          ";;",
          "application/json; charset=x");
  private static final List<String> ACCEPTS =
      List.of(
          "application/json",
          "application/yaml",
          "application/json;as=Table;v=v1;g=meta.k8s.io",
          "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io",
          "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io",
          "application/vnd.kubernetes.protobuf",
          "*/*",
          ";q=",
          "a/b;as=,");
  private static final List<String> PARAMETERS =
      List.of(
          "labelSelector",
          "fieldSelector",
          "limit",
          "continue",
          "resourceVersion",
          "resourceVersionMatch",
          "sendInitialEvents",
          "allowWatchBookmarks",
          "timeoutSeconds",
          "watch",
          "dryRun",
          "fieldManager",
          "fieldValidation",
          "force",
          "pretty",
          "gracePeriodSeconds",
          "propagationPolicy",
          "orphanDependents",
          "container",
          "tailLines",
          "sinceSeconds",
          "sinceTime",
          "limitBytes",
          "includeObject",
          "command",
          "ports");

  private final RandomGenerator random;
  private final Mutation mutation;
  private final List<Sample> samples;
  private final List<JsonNode> bodies;

  /**
   * A request.
   *
   * @param headers all but the credentials
   */
  record Drawn(String method, String path, List<String> headers, byte[] body) {
    String line() {
      return method + " " + path;
    }

    /** What a failure shows. */
    @Override
    public String toString() {
      return (line() + " " + headers + " " + new String(body, StandardCharsets.UTF_8))
          .replaceAll("(.)\\1{99,}", "$1...");
    }
  }

  RandomRequests(RandomGenerator random) throws IOException {
    this.random = random;
    this.mutation = new Mutation(random);
    this.samples = Corpus.read();
    this.bodies = samples.stream().map(Sample::body).filter(body -> !body.isMissingNode()).toList();
  }

  /** How many requests there are to begin with. */
  int samples() {
    return samples.size();
  }

  Drawn next() {
    Sample sample = mutation.any(samples);
    byte[] body = mutation.bytes(mutation.tree(sample.body(), bodies));
    String method = random.nextInt(12) == 0 ? mutation.any(METHODS) : sample.method();
    String path = path(sample.path());
    String type = random.nextInt(8) == 0 ? mutation.any(TYPES) : sample.type();
    List<String> headers = new ArrayList<>(List.of("Content-Type: " + type));
    if (random.nextInt(4) == 0) {
      headers.add("Accept: " + mutation.any(ACCEPTS));
    }
    return new Drawn(method, path, headers, body);
  }

  /** A path with some of its parameters and parts changed; every watch ends within a second. */
  private String path(String original) {
    String path = original;
    if (random.nextInt(8) == 0) {
      String[] parts = path.split("/", -1);
      parts[random.nextInt(parts.length)] = encoded(mutation.text());
      path = String.join("/", parts);
      path = path.startsWith("/") ? path : "/" + path;
    }
    StringBuilder query = new StringBuilder();
    int more = random.nextInt(3) == 0 ? random.nextInt(1, 4) : 0;
    for (int i = 0; i < more; i++) {
      String name = mutation.any(PARAMETERS);
      if (!name.equals("timeoutSeconds")) {
        query.append('&').append(name).append('=').append(encoded(mutation.text()));
      }
    }
    path = path.replaceAll("timeoutSeconds=[^&]*", "x=y");
    String joint = path.contains("?") ? "&" : "?";
    return path.replaceAll("follow=[^&]*", "x=y") + joint + "timeoutSeconds=1" + query;
  }

  private String encoded(String text) {
    return random.nextInt(20) == 0
        ? text.replaceAll("[^!-~]", "")
        : URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
