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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads from the API server in pages, counts the requests, and turns refusals into words. */
public final class Reader {
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
    eachPage(path, page -> page.path("items").forEach(items::add));
    return items;
  }

  /** Hands over a collection page by page, so that only one is in memory. */
  public void eachPage(String path, Consumer<JsonNode> take) {
    eachPage(Request.of("GET", path), take);
  }

  /** The same of a collection that is asked for with selectors. */
  public void eachPage(Request collection, Consumer<JsonNode> take) {
    Request first = collection.query("limit", PAGE);
    Request request = first;
    while (true) {
      JsonNode page;
      try {
        page = get(request);
      } catch (ApiException e) {
        if (absent(e)) {
          return;
        }
        throw e;
      }
      take.accept(page);
      String token = page.path("metadata").path("continue").asString("");
      if (token.isEmpty()) {
        return;
      }
      request = first.query("continue", token);
    }
  }

  /** Whether an exception only says that the server does not have what was asked for. */
  private static boolean absent(ApiException e) {
    return e.code() == 404 || e.code() == 405;
  }
}
