package dev.mlk.check;

import dev.mlk.connect.Connection;
import dev.mlk.facts.Discovery;
import dev.mlk.facts.Dra;
import dev.mlk.facts.Known;
import dev.mlk.facts.PodUse;
import dev.mlk.facts.Reader;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.JsonText;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resource;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is known about the cluster. Each fact is read once, when the first check asks for it; checks
 * may ask at the same time.
 */
final class Facts {
  /**
   * What this machine knows of the cluster beyond its API.
   *
   * @param certificates certificates that the kubeconfig names (PEM), by the field's name
   * @param operator whether it is a practice cluster that runs a TFJob operator in its process
   */
  record Surroundings(Map<String, byte[]> certificates, boolean operator) {}

  private final Connection connection;
  private final Surroundings surroundings;
  private final Reader reader;
  private final InstantSource clock;
  private final Map<String, CompletableFuture<Known<?>>> memory = new ConcurrentHashMap<>();

  Facts(Connection connection, Surroundings surroundings, InstantSource clock) {
    this.connection = connection;
    this.surroundings = surroundings;
    this.reader = new Reader(connection.client());
    this.clock = clock;
  }

  /** The namespace that the user works in. */
  String namespace() {
    return connection.namespace();
  }

  /** Whether it is a practice cluster of this machine. */
  boolean practice() {
    return !connection.practice().isEmpty();
  }

  /** Whether the practice cluster runs an operator inside. */
  boolean operatorInside() {
    return surroundings.operator;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  Connection connection() {
    return connection;
  }

  InstantSource clock() {
    return clock;
  }

  /** How many requests were sent so far. */
  int calls() {
    return reader.calls();
  }

  /** The server: version, answer time, clock. Throws when there is none to talk to. */
  Server server() {
    return once("server", () -> new Known.Fact<>(Server.ask(reader, clock))).or(null);
  }

  /** The groups, versions and resources that the server has. */
  Known<Discovery> discovery() {
    return once("discovery", () -> reader.attempt("see the API's resources", Discovery::read));
  }

  /** All objects of the resource in all namespaces; none where the server does not have it. */
  Known<List<JsonNode>> list(Resource resource) {
    return list(resource, "");
  }

  /** All objects of the resource in one namespace. */
  Known<List<JsonNode>> list(Resource resource, String namespace) {
    return once("list " + resource.path(namespace), () -> read(resource, namespace));
  }

  private Known<List<JsonNode>> read(Resource resource, String namespace) {
    if (!resource.group().isEmpty() && !discovery().map(d -> d.serves(resource)).or(true)) {
      return new Known.Fact<>(List.of());
    }
    String where = namespace.isEmpty() ? " of all namespaces" : " in namespace " + namespace;
    return reader.attempt(
        "list " + resource.qualifiedName() + (resource.namespaced() ? where : ""),
        r -> r.pages(resource.path(namespace)));
  }

  /** One object, or empty where it is not there. */
  Known<Optional<JsonNode>> find(Resource resource, String namespace, String name) {
    String path = resource.path(namespace, name);
    return once(
        "get " + path, () -> reader.attempt("get " + resource.qualifiedName(), r -> r.find(path)));
  }

  /** What the server answers to a question about rights or the like. */
  Known<ObjectNode> ask(String about, Resource resource, String namespace, ObjectNode question) {
    return once(
        "ask " + about + question,
        () -> reader.attempt(about, r -> r.ask(resource.path(namespace), question)));
  }

  /**
   * Why the server would not take a new object in the user's namespace; empty when it would.
   * Nothing is kept of it.
   */
  Known<Optional<ApiException>> dryRun(Resource resource, ObjectNode object) {
    return once("dry run " + object, () -> tryOut(resource, object));
  }

  private Known<Optional<ApiException>> tryOut(Resource resource, ObjectNode object) {
    try {
      reader.get(
          Request.of("POST", resource.path(namespace()))
              .query("dryRun", "All")
              .body("application/json", JsonText.bytes(object)));
      return new Known.Fact<>(Optional.empty());
    } catch (ApiException e) {
      if (e.code() == 401 || Probe.lacksRight(e)) {
        return new Known.Unknown<>(
            "you may not create " + resource.qualifiedName() + " in namespace " + namespace(),
            "mlk cluster check --only rights");
      }
      return new Known.Fact<>(Optional.of(e));
    }
  }

  /** Any path, as JSON. */
  Known<JsonNode> raw(String path, String what) {
    return once("raw " + path, () -> reader.attempt(what, r -> r.get(path)));
  }

  /** The wanted lines of a page of text. */
  Known<List<String>> lines(String path, String what, Predicate<String> wanted) {
    return once("lines " + path, () -> reader.attempt(what, r -> r.lines(path, wanted)));
  }

  /** What drivers of dynamic resource allocation offer, and who holds it. */
  Known<Dra> dra() {
    return once(
        "dra",
        () ->
            discovery()
                .either(
                    served ->
                        reader.attempt(
                            "list resourceslices and resourceclaims", r -> Dra.read(r, served)),
                    unknown -> new Known.Unknown<>(unknown.why(), unknown.next())));
  }

  /** What the pods hold of each node. */
  Known<PodUse> pods() {
    return once("pods", () -> reader.attempt("list pods of all namespaces", PodUse::read));
  }

  @SuppressWarnings("unchecked") // the key says which type the fact has
  private <T> Known<T> once(String key, Supplier<Known<T>> read) {
    CompletableFuture<Known<?>> mine = new CompletableFuture<>();
    CompletableFuture<Known<?>> first = memory.putIfAbsent(key, mine);
    if (first != null) {
      return (Known<T>) first.join();
    }
    try {
      Known<T> known = read.get();
      mine.complete(known);
      return known;
    } catch (RuntimeException e) {
      mine.completeExceptionally(e);
      throw e;
    }
  }
}
