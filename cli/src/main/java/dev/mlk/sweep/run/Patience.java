package dev.mlk.sweep.run;

import dev.mlk.console.Invocation;
import dev.mlk.kube.ApiException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tries again for some minutes when the cluster does not answer, and says so once. */
public final class Patience {
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final long PAUSE = 500;
  private final Invocation invocation;
  private Instant since;

  /** Patience for one command. */
  public Patience(Invocation invocation) {
    this.invocation = invocation;
  }

  /** Something that asks the cluster. */
  @FunctionalInterface
  interface Step {
    /** One attempt. */
    void run() throws InterruptedException;
  }

  /** Something that the cluster answers. */
  @FunctionalInterface
  public interface Question<T> {
    /** One attempt. */
    T ask() throws InterruptedException;
  }

  /** Asks until there is an answer. */
  public <T> T insist(Question<T> question) throws InterruptedException {
    List<T> answer = new ArrayList<>(1);
    boolean answered = false;
    while (!answered) {
      answered = attempt(() -> answer.add(question.ask()));
    }
    return answer.getFirst();
  }

  /** Makes one attempt. Whether it went through; after a pause when not. */
  boolean attempt(Step step) throws InterruptedException {
    try {
      step.run();
      if (since != null) {
        invocation.note("The cluster answers again.");
      }
      since = null;
      return true;
    } catch (UncheckedIOException e) {
      wait(e, e.getCause().getMessage());
    } catch (ApiException e) {
      if (e.code() < 500 && e.code() != 429) {
        throw e;
      }
      wait(e, e.getMessage());
    }
    return false;
  }

  private void wait(RuntimeException e, String message) throws InterruptedException {
    Instant now = invocation.clock().instant();
    if (since == null) {
      since = now;
      invocation.note(message + "; trying again for 5 minutes ...");
    }
    if (since.plus(LONGEST).isBefore(now)) {
      throw e;
    }
    boolean early = new CountDownLatch(1).await(PAUSE, TimeUnit.MILLISECONDS);
    if (early) {
      throw new IllegalStateException("nobody counts this latch down");
    }
  }
}
