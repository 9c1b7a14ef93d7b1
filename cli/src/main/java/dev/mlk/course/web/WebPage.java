package dev.mlk.course.web;

import dev.mlk.console.Invocation;
import dev.mlk.course.watch.Lesson;
import dev.mlk.course.watch.Watch;
import java.security.SecureRandom;
import java.util.Base64;

/** A module in the learner's browser, with ticks that change as the learner works. */
public final class WebPage {
  private static final int SECRET_BYTES = 18;

  private final Invocation invocation;
  private final Watch watch;

  /** A page for the module that the watch follows. */
  public WebPage(Invocation invocation, Watch watch) {
    this.invocation = invocation;
    this.watch = watch;
  }

  /**
   * Serves the page until Ctrl-C.
   *
   * @param random makes the secret of the address
   * @return the exit code
   */
  public int show(Lesson lesson, SecureRandom random) throws Exception {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Broadcast live = new Broadcast();
    PageServer.Site site =
        new PageServer.Site(() -> PageDocument.html(lesson), lesson::pictures, live);
    try (PageServer server = PageServer.start(site, secret)) {
      invocation.console().print(server.address().toString());
      invocation.console().flush();
      invocation.note("The page is open to your browser on this machine until Ctrl-C.");
      return watch.follow(
          lesson, (at, standing, busy) -> live.publish(PageDocument.state(at, standing, busy)));
    }
  }
}
