package dev.mlk.facts;

import dev.mlk.kube.CommandThreads;
import dev.mlk.kube.JsonText;
import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * A collection in pages. The next one is asked for as soon as its token is known, so that the
 * server works on it while this one is read.
 */
final class Pages implements AutoCloseable {
  private final Reader reader;
  private final Request first;
  private final Set<String> without;
  private final ExecutorService threads = CommandThreads.perTask();
  private Optional<Future<Reply>> next = Optional.empty();

  Pages(Reader reader, Request first, Set<String> without) {
    this.reader = reader;
    this.first = first;
    this.without = without;
  }

  void read(Consumer<JsonNode> take) {
    read(reader.open(first), take);
    while (next.isPresent()) {
      Future<Reply> asked = next.get();
      next = Optional.empty();
      read(arrived(asked), take);
    }
  }

  private void read(Reply page, Consumer<JsonNode> take) {
    try (page) {
      JsonText.items(page.body(), without, this::ask, take);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void ask(JsonNode metadata) {
    String token = metadata.path("continue").asString("");
    if (!token.isEmpty()) {
      next = Optional.of(threads.submit(() -> reader.open(first.query("continue", token))));
    }
  }

  private static Reply arrived(Future<Reply> asked) {
    try {
      return asked.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("interrupted between pages"));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** A page that nobody waits for any more is not read. */
  @Override
  public void close() {
    try {
      if (next.isPresent()) {
        arrived(next.get()).close();
      }
    } catch (IOException | RuntimeException _) {
      // Why reading broke off is already on its way to the user.
    } finally {
      threads.close();
    }
  }
}
