package dev.mlk.course.watch;

import dev.mlk.console.Console;
import dev.mlk.console.Screen;
import java.util.List;

/** A watch on a terminal's whole screen. */
final class ScreenFace implements WatchLoop.Face {
  private final Console console;
  private final Screen screen;
  private final boolean links;
  private WatchScreen.Drawn drawn = new WatchScreen.Drawn(List.of(), 0, 0);

  ScreenFace(Console console, Screen screen, boolean links) {
    this.console = console;
    this.screen = screen;
    this.links = links;
  }

  @Override
  public void show(WatchState state) {
    Console now = console.withWidth(screen.columns());
    drawn = new WatchScreen(now, screen.rows(), links).draw(state);
    screen.draw(drawn.lines());
  }

  @Override
  public WatchScreen.Drawn drawn() {
    return drawn;
  }

  @Override
  public boolean endsWhenComplete() {
    return false;
  }
}
