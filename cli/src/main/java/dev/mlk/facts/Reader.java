package dev.mlk.facts;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.JsonText;
import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads from the API server in pages, counts the requests, and turns refusals into words. */
public final class Reader {
  /** Who wrote which field, and a node's list of images: half of what a server sends. */
  public static final Set<String> UNREAD = Set.of("managedFields", "images");

  /** The same of pods, with what a container is given and how it is probed. */
  public static final Set<String> UNREAD_OF_PODS =
      Set.of(
          "managedFields",
          "images",
          "env",
          "envFrom",
          "volumeMounts",
          "volumes",
          "livenessProbe",
          "readinessProbe",
          "startupProbe");

  /** As kubectl asks: small enough for any server, large enough to need few. */
  private static final String PAGE = "1000";

  private final ApiClient client;
  private final AtomicInteger calls = new AtomicInteger();

  /** A reader over a connection, which stays the caller's to close. */
  public Reader(ApiClient client) {
    this.client = client;
  }

  /** How many requests were sent so far. */
  public int calls() {
    return calls.get();
  }

  /**
   * The fact, or why the server does not give it.
   *
   * @param what what was tried, as in "you may not ..."
   */
  public <T> Known<T> attempt(String what, Function<Reader, T> read) {
    try {
      return new Known.Fact<>(read.apply(this));
    } catch (ApiException e) {
      if (e.code() == 403 || e.code() == 401) {
        return new Known.Unknown<>(
            "you may not " + what, "a cluster administrator can run it, or grant that right");
      }
      if (absent(e)) {
        return new Known.Unknown<>("this server does not let anybody " + what, "");
      }
      return new Known.Unknown<>(
          "the server answers " + e.code() + " to \"" + what + "\": " + e.getMessage(), "");
    }
  }

  /** The answer as it runs; the caller closes it. */
  public Reply open(Request request) {
    calls.incrementAndGet();
    return client.open(request);
  }

  /** One answer as JSON. */
  public JsonNode get(String path) {
    calls.incrementAndGet();
    return client.call(Request.of("GET", path));
  }

  /** One answer as JSON. */
  public JsonNode get(Request request) {
    calls.incrementAndGet();
    return client.call(request);
  }

  /** The lines of a page of text that are wanted; the others never stay in memory. */
  public List<String> lines(String path, Predicate<String> wanted) {
    return lines(Request.of("GET", path), wanted);
  }

  /** The same of a page that is asked for with a query. */
  public List<String> lines(Request request, Predicate<String> wanted) {
    try (Reply reply = open(request);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8))) {
      return lines.lines().filter(wanted).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One object, or empty where it is not there. */
  public Optional<JsonNode> find(String path) {
    try {
      return Optional.of(get(path));
    } catch (ApiException e) {
      if (absent(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The answer to a question that is posted, such as an access review. */
  public ObjectNode ask(String path, ObjectNode question) {
    calls.incrementAndGet();
    return client.call(Request.of("POST", path).body("application/json", JsonText.bytes(question)));
  }

  /** All items of a collection; none where the server does not have it. */
  public List<JsonNode> pages(String path) {
    List<JsonNode> items = new ArrayList<>();
    each(Request.of("GET", path), UNREAD, items::add);
    return items;
  }

  /**
   * Hands over the items of a collection one by one while they are read, so that no page is ever in
   * memory; none where the server does not have it.
   *
   * @param collection what is asked for, selectors included
   * @param without names of objects and lists that are not needed, wherever in an item they stand
   */
  public void each(Request collection, Set<String> without, Consumer<JsonNode> take) {
    try (Pages pages = new Pages(this, collection.query("limit", PAGE), without)) {
      pages.read(take);
    } catch (ApiException e) {
      if (!absent(e)) {
        throw e;
      }
    }
  }

  /** Whether an exception only says that the server does not have what was asked for. */
  private static boolean absent(ApiException e) {
    return e.code() == 404 || e.code() == 405;
  }
}
