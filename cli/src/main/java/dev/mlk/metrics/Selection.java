package dev.mlk.metrics;

import dev.mlk.events.Series;
import java.util.List;

/**
 * Which numbers are wanted.
 *
 * @param tags the tags; none for all
 * @param runs the runs, as they are shown, with all runs below them; none for all
 */
record Selection(List<String> tags, List<String> runs) {
  Selection {
    tags = List.copyOf(tags);
    runs = List.copyOf(runs);
  }

  boolean tag(String tag) {
    return tags.isEmpty() || tags.contains(tag);
  }

  boolean run(String name) {
    return runs.isEmpty()
        || runs.stream().anyMatch(run -> name.equals(run) || name.startsWith(run + "/"));
  }

  boolean test(LogSource source, Series series) {
    return tag(series.tag()) && run(source.name(series.run()));
  }
}
