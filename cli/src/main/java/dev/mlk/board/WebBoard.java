package dev.mlk.board;

import dev.mlk.board.data.Logs;
import dev.mlk.board.web.BoardServer;
import dev.mlk.board.web.Live;
import dev.mlk.console.Invocation;
import dev.mlk.metrics.LogSources;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.net.BindException;
import java.util.concurrent.Callable;

/** The board as a page, until somebody ends it. */
final class WebBoard {
  private final Invocation invocation;
  private final Callable<LogSources.Found> finder;
  private final String version;

  /**
   * A board.
   *
   * @param finder finds the log folders, again and again
   * @param version the version of mlk
   */
  WebBoard(Invocation invocation, Callable<LogSources.Found> finder, String version) {
    this.invocation = invocation;
    this.finder = finder;
    this.version = version;
  }

  int serve(String title, int port, boolean open) throws Exception {
    // Whatever is wrong with the name is said now; what is not there yet may come.
    LogSources.Found found = finder.call();
    found.absent().ifPresent(absent -> invocation.note("Not yet: " + absent.getMessage() + "."));
    Logs logs = new Logs(Runtime.getRuntime().availableProcessors());
    logs.add(found.sources());
    Live live = new Live(logs, () -> finder.call().sources());
    try (BoardServer server = start(live, port, title)) {
      live.begin();
      new Stay(invocation).at(server.address(), title, open);
    }
    return 0;
  }

  private BoardServer start(Live live, int port, String title) throws Exception {
    try {
      return BoardServer.start(live, port, title, version);
    } catch (BindException e) {
      throw new Problem.Conflict(
          Explanation.of("port " + port + " of this machine is taken")
              .because(e.getMessage())
              .next("mlk tensorboard without --port, which finds a free one"));
    }
  }
}
