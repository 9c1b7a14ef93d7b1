package dev.mlk.metrics;

import dev.mlk.console.Invocation;
import dev.mlk.events.Curve;
import dev.mlk.events.Damage;
import dev.mlk.events.DecimalText;
import dev.mlk.events.Kind;
import dev.mlk.events.Run;
import dev.mlk.events.Series;
import dev.mlk.format.Nearest;
import dev.mlk.problem.ExitCode;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Says what is odd about what was read: nothing at all, a tag that is not there, text where a
 * number should be, NaN, files that disagree, damage.
 */
final class Findings {
  private static final int MANY = 8;

  private final Invocation invocation;
  private final Reading reading;
  private final Function<LogSource, List<String>> lastLines;

  /**
   * Findings about a reading.
   *
   * @param lastLines the end of the log of a source's job
   */
  Findings(Invocation invocation, Reading reading, Function<LogSource, List<String>> lastLines) {
    this.invocation = invocation;
    this.reading = reading;
    this.lastLines = lastLines;
  }

  /**
   * Tells the person what is odd.
   *
   * @param name what was asked for
   * @return how it ended: not found when one of several tags is not there
   * @throws Problem when there is not one number of what was asked for
   */
  ExitCode report(String name) {
    damages();
    List<Reading.Found> curves = reading.curves();
    long numbers = 0;
    for (Reading.Found found : curves) {
      numbers += found.curve().seen();
      odd(found);
    }
    ExitCode code = ExitCode.DONE;
    for (String tag : reading.selection().tags()) {
      if (curves.stream().noneMatch(found -> found.curve().series().tag().equals(tag))) {
        Problem missing = missing(name, tag);
        if (numbers == 0) {
          throw missing;
        }
        // The others are printed: what is wrong goes to the person, and the exit code tells.
        invocation.console().tell("Error: " + missing.getMessage());
        missing.explanation().causes().forEach(cause -> invocation.console().tell("  " + cause));
        code = ExitCode.NOT_FOUND;
      }
    }
    if (numbers > 0) {
      return code;
    }
    if (!curves.isEmpty()) {
      throw text(curves.getFirst());
    }
    throw nothing(name);
  }

  private void damages() {
    List<Damage> damages = reading.damages();
    for (Damage damage : damages.subList(0, Math.min(MANY, damages.size()))) {
      invocation.note(damage.line());
    }
    if (damages.size() > MANY) {
      long more = reading.damageCount() - MANY;
      invocation.note("and " + more + " more like these; reading went on.");
    }
  }

  private void odd(Reading.Found found) {
    Curve curve = found.curve();
    String what = found.run() + ", " + curve.series().tag() + ": ";
    if (curve.notFinite() > 0) {
      invocation.note(
          what
              + curve.notFinite()
              + " of "
              + curve.seen()
              + " numbers are NaN or infinite, the first at step "
              + curve.firstNotFinite()
              + ".");
    }
    if (curve.notNumbers() > 0 && curve.seen() > 0) {
      invocation.note(
          what + curve.notNumbers() + " values are no numbers: " + curve.notNumber() + ".");
    }
    curve
        .disagreement()
        .ifPresent(
            two ->
                invocation.note(
                    what
                        + "two files disagree at step "
                        + two.step()
                        + ": "
                        + DecimalText.of(two.oneValue())
                        + " in "
                        + two.one().getFileName()
                        + ", "
                        + DecimalText.of(two.otherValue())
                        + " in "
                        + two.other().getFileName()
                        + ". Two programs write to one run."));
  }

  private Problem missing(String name, String tag) {
    Set<String> scalars = new TreeSet<>();
    Set<String> others = new TreeSet<>();
    Set<String> elsewhere = new TreeSet<>();
    for (Reading.Open open : reading.open()) {
      for (Series series : open.curves().others()) {
        String run = open.source().name(series.run());
        if (series.tag().equals(tag) && series.kind() != Kind.SCALAR) {
          others.add(series.kind().name().toLowerCase(Locale.ROOT));
        } else if (series.tag().equals(tag)) {
          elsewhere.add(run);
        } else if (series.kind() == Kind.SCALAR) {
          scalars.add(series.tag());
        }
      }
      open.curves().all().forEach(curve -> scalars.add(curve.series().tag()));
    }
    Explanation what = Explanation.of("there is no scalar \"" + tag + "\" in " + where(name));
    if (!elsewhere.isEmpty()) {
      what =
          what.because("the runs asked for do not have it; these do: " + some(elsewhere))
              .next("mlk metrics " + name + " --tag " + tag);
    }
    if (!others.isEmpty()) {
      what = what.because("there are values of that name, but no numbers: " + some(others));
    }
    if (scalars.isEmpty()) {
      what = what.because(noFiles());
    } else {
      what = what.because("there are: " + some(scalars));
      String near = Nearest.to(tag, scalars).orElse("");
      if (!near.isEmpty()) {
        what = what.next("mlk metrics " + name + " --tag " + near);
      }
    }
    return new Problem.NotFound(withLastLines(what));
  }

  private Problem text(Reading.Found found) {
    Curve curve = found.curve();
    return new Problem.Failed(
        withLastLines(
            Explanation.of(
                    "\"" + curve.series().tag() + "\" of run " + found.run() + " is no number")
                .because("each of its " + curve.notNumbers() + " values is " + curve.notNumber())
                .next("tf.summary.scalar writes numbers, tf.summary.text writes text")));
  }

  private Problem nothing(String name) {
    Explanation what = Explanation.of("there are no numbers in " + where(name));
    List<String> runs = reading.selection().runs();
    Set<String> all = new TreeSet<>();
    for (Reading.Open open : reading.open()) {
      for (Run run : open.folder().runs()) {
        all.add(open.source().name(run));
      }
    }
    if (!runs.isEmpty() && !all.isEmpty()) {
      what = what.because("no run is called " + String.join(" or ", runs));
      what = what.because("there are: " + some(all));
      String near = Nearest.to(runs.getFirst(), all).orElse("");
      what = near.isEmpty() ? what : what.next("mlk metrics " + name + " --run " + near);
    } else if (all.isEmpty()) {
      what = what.because(noFiles());
    } else {
      Set<String> tags = new TreeSet<>();
      reading.others().forEach(series -> tags.add(series.tag() + " (" + series.kind() + ")"));
      what =
          what.because(
              all.size()
                  + " runs with event files, "
                  + (tags.isEmpty() ? "all without values" : "but only: " + some(tags)));
    }
    if (reading.damageCount() > 0) {
      what = what.because(reading.damageCount() + " records or files could not be read");
    }
    return new Problem.NotFound(withLastLines(what));
  }

  private String where(String name) {
    List<LogSource> sources = reading.sources();
    return sources.size() == 1 ? sources.getFirst().shown() : name;
  }

  /** What was looked for, where, and what is there instead. */
  private String noFiles() {
    List<String> places = new ArrayList<>();
    for (Reading.Open open : reading.open()) {
      if (open.folder().files().isEmpty()) {
        places.add(open.source().folder() + " " + inside(open.source().folder()));
      }
    }
    return places.isEmpty()
        ? "the event files hold no scalars"
        : "looked for files named *tfevents* in " + some(places);
  }

  private static String inside(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Files.exists(folder) ? "(a file)" : "(which is not there)";
    }
    List<String> names = new ArrayList<>();
    try (var entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        names.add(entry.getFileName().toString());
      }
    } catch (IOException e) {
      return "(which cannot be listed)";
    }
    names.sort(null);
    return names.isEmpty() ? "(which is empty)" : "(there: " + some(names) + ")";
  }

  private Explanation withLastLines(Explanation what) {
    for (LogSource source : reading.sources()) {
      List<String> lines = lastLines.apply(source);
      if (!lines.isEmpty()) {
        return what.because("the last lines of the log:").because(lines);
      }
    }
    return what;
  }

  private static String some(Iterable<String> names) {
    StringBuilder text = new StringBuilder();
    int count = 0;
    for (String name : names) {
      if (count < MANY) {
        text.append(count == 0 ? "" : ", ").append(name);
      }
      count++;
    }
    return count > MANY ? text + " and " + (count - MANY) + " more" : text.toString();
  }
}
