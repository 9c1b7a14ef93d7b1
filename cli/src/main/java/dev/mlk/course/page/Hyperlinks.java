package dev.mlk.course.page;

import java.util.Map;

/** Whether a terminal knows links (OSC 8). None can be asked, so the known ones are named. */
public final class Hyperlinks {
  /** The first version of the VTE library (GNOME Terminal and others) without a defect in them. */
  private static final int VTE = 5000;

  private Hyperlinks() {}

  /**
   * Whether the terminal that these variables speak of does. {@code FORCE_HYPERLINK}, which other
   * programs take too, decides where it is set: {@code 0} for no.
   */
  public static boolean in(Map<String, String> environment) {
    String forced = environment.getOrDefault("FORCE_HYPERLINK", "");
    if (!forced.isEmpty()) {
      return !forced.equals("0");
    }
    String term = environment.getOrDefault("TERM", "");
    if (term.equals("dumb") || term.startsWith("screen") || environment.containsKey("TMUX")) {
      return false;
    }
    return switch (environment.getOrDefault("TERM_PROGRAM", "")) {
      case "iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper" -> true;
      default ->
          term.equals("xterm-kitty")
              || term.equals("alacritty")
              || term.startsWith("foot")
              || environment.containsKey("WT_SESSION")
              || environment.containsKey("KONSOLE_VERSION")
              || number(environment.getOrDefault("VTE_VERSION", "")) >= VTE;
    };
  }

  private static int number(String text) {
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
  }
}
