package dev.mlk.practice.node.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Asks {@code ps}, for systems without {@code /proc} such as macOS. */
final class PsProcessTable implements ProcessTable {
  @Override
  public List<ProcessEntry> read() {
    List<ProcessEntry> entries = new ArrayList<>();
    try {
      Process ps =
          new ProcessBuilder("ps", "-axo", "pid=,ppid=,pgid=,rss=,time=,stat=")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (BufferedReader lines = ps.inputReader()) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          String[] fields = line.strip().split("\\s+", -1);
          if (fields.length == 6 && !fields[5].startsWith("Z")) {
            entries.add(entry(fields));
          }
        }
      }
    } catch (IOException e) {
      return entries;
    }
    return entries;
  }

  /** Environments are not told there; the session and the line of parents must do. */
  @Override
  public Set<Long> marked(List<ProcessEntry> processes, String mark) {
    return Set.of();
  }

  private static ProcessEntry entry(String[] fields) {
    return new ProcessEntry(
        Long.parseLong(fields[0]),
        Long.parseLong(fields[1]),
        Long.parseLong(fields[2]),
        Long.parseLong(fields[3]) * 1024,
        nanos(fields[4]));
  }

  /** {@code [[d-]h:]m:s[.hundredths]} in nanoseconds. */
  static long nanos(String time) {
    int dash = time.indexOf('-');
    double seconds = 0;
    for (String part : time.substring(dash + 1).split(":", -1)) {
      seconds = seconds * 60 + Double.parseDouble(part);
    }
    double days = dash < 0 ? 0 : Double.parseDouble(time.substring(0, dash));
    return Math.round((days * 86_400 + seconds) * 1e9);
  }
}
