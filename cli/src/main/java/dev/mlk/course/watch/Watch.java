package dev.mlk.course.watch;

import dev.mlk.console.Console;
import dev.mlk.console.Invocation;
import dev.mlk.console.Screen;
import dev.mlk.course.page.Hyperlinks;
import dev.mlk.kube.ApiClient;
import dev.mlk.problem.ExitCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A module watched: verified again on every save and on every change in the cluster. */
public final class Watch {
  private static final System.Logger LOG = System.getLogger(Watch.class.getName());

  private final Invocation invocation;
  private final ApiClient client;
  private final String namespace;

  /**
   * A watch of the learner's namespace.
   *
   * @param client asks the cluster
   */
  public Watch(Invocation invocation, ApiClient client, String namespace) {
    this.invocation = invocation;
    this.client = client;
    this.namespace = namespace;
  }

  /**
   * Shows the module until somebody ends it; where there is no terminal, until it is complete.
   *
   * @return the exit code
   */
  public int show(Lesson lesson) throws Exception {
    Console console = invocation.console();
    WatchLoop loop = new WatchLoop(lesson, System::nanoTime);
    boolean dumb = invocation.environment().getOrDefault("TERM", "dumb").equals("dumb");
    WatchLoop.End end;
    try (Following following = new Following(loop)) {
      if (!Screen.possible(console, dumb)) {
        end = loop.run(new PlainFace(console), following);
      } else {
        try (Screen screen = Screen.open(console, loop::seen)) {
          boolean links = Hyperlinks.in(invocation.environment());
          end = loop.run(new ScreenFace(console, screen, links), following);
          screen.leaveBehind(summary(console.withWidth(screen.columns()), loop.state()));
        }
      }
    }
    return end == WatchLoop.End.INTERRUPTED ? ExitCode.INTERRUPTED.number() : 0;
  }

  /** Told how a module stands. */
  public interface Listener {
    /**
     * It stands so now.
     *
     * @param busy whether it is being verified
     */
    void stands(Lesson lesson, Lesson.Standing standing, boolean busy);
  }

  /**
   * Follows the module until the process is ended, for somebody else to show.
   *
   * @return the exit code
   */
  public int follow(Lesson lesson, Listener listener) throws InterruptedException {
    WatchLoop loop = new WatchLoop(lesson, System::nanoTime);
    WatchLoop.Face face =
        new WatchLoop.Face() {
          @Override
          public void show(WatchState state) {
            listener.stands(state.lesson(), state.standing(), state.busy());
          }

          @Override
          public WatchScreen.Drawn drawn() {
            return new WatchScreen.Drawn(List.of(), 0, 0);
          }

          @Override
          public boolean endsWhenComplete() {
            return false;
          }
        };
    try (Following following = new Following(loop)) {
      loop.run(face, following);
    }
    return 0;
  }

  /** What was seen last stays readable after the end. */
  private static String summary(Console console, WatchState state) {
    Summary summary = new Summary(console);
    List<String> lines = new ArrayList<>();
    lines.add(summary.header(state.lesson(), state.standing()));
    lines.addAll(summary.steps(state.standing(), ""));
    return String.join("\n", lines) + "\n";
  }

  /** The sources of changes for the module at hand. */
  private final class Following implements WatchLoop.Follower, AutoCloseable {
    private final WatchLoop loop;
    private final List<Changes> open = new ArrayList<>();

    Following(WatchLoop loop) {
      this.loop = loop;
    }

    @Override
    public void follow(Lesson lesson) {
      close();
      try {
        open.add(FolderChanges.of(lesson.folder(), _ -> loop.saved()));
      } catch (IOException e) {
        // Too many folders are followed on this machine: the cluster still is.
        LOG.log(System.Logger.Level.WARNING, "files are not followed", e);
      }
      open.add(ClusterChanges.of(client, namespace, lesson.resources(), _ -> loop.changed()));
    }

    @Override
    public void close() {
      open.forEach(Changes::close);
      open.clear();
    }
  }
}
