package dev.mlk.board;

import dev.mlk.console.Interruptions;
import dev.mlk.console.Invocation;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says where a board is, and waits until somebody ends it. */
final class Stay {
  private final Invocation invocation;

  Stay(Invocation invocation) {
    this.invocation = invocation;
  }

  /**
   * Until Ctrl-C, or until {@code --timeout} is over.
   *
   * @param open whether to open it in the browser
   */
  void at(URI address, String title, boolean open) throws Exception {
    invocation.console().print(address.toString());
    invocation.note("The board of " + title + " is at this address. Ctrl-C ends it.");
    invocation.console().flush();
    if (open && !Browser.open(address, invocation.environment())) {
      invocation.note(
          "No browser could be opened: neither $BROWSER nor xdg-open nor open is here.");
    }
    Interruptions.during(invocation.console(), "The board is closed.", this::rest);
  }

  private Void rest() throws InterruptedException {
    Optional<Duration> timeout = invocation.options().timeout();
    CountDownLatch never = new CountDownLatch(1);
    if (timeout.isEmpty()) {
      never.await();
    } else if (never.await(timeout.get().toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("nobody counts it down");
    }
    return null;
  }
}
