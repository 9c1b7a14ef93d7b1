package dev.mlk.course.watch;

import dev.mlk.kube.Resource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * One module as its learner stands in it: what a watch and a page in a browser need of a course.
 */
public interface Lesson {
  /**
   * The module at one moment.
   *
   * @param ticks its steps, in order
   * @param spent the learner's time on it so far
   */
  record Standing(List<Tick> ticks, Duration spent) {
    public Standing {
      ticks = List.copyOf(ticks);
    }

    /** Whether no step that the course needs is left. */
    public boolean complete() {
      return ticks.stream().allMatch(tick -> tick.optional() || tick.settled());
    }

    /** How many steps have passed. */
    public long passed() {
      return ticks.stream().filter(tick -> tick.mark() == Mark.PASSED).count();
    }
  }

  /**
   * A module in the list of all.
   *
   * @param name its name, such as {@code module-3}
   * @param title what it is about
   * @param minutes how long it is planned to take
   * @param progress how far the learner is, in words
   */
  record Entry(String name, String title, int minutes, String progress) {}

  /** Its name, such as {@code module-3}. */
  String name();

  /** What it is about. */
  String title();

  /** How long it is planned to take. */
  int minutes();

  /** Its page, in Markdown. */
  String page();

  /** The learner's files; the folder may not be there. */
  Path folder();

  /** The folder with the module's own pictures. */
  Path pictures();

  /** What its checks look at in the cluster. */
  List<Resource> resources();

  /** As it was when last verified, without asking anybody. */
  Standing known();

  /**
   * Verifies every step.
   *
   * @param first the step to begin with, because somebody waits for it
   * @param told hears of that step as soon as it is judged
   */
  Standing verify(String first, Consumer<Tick> told) throws Exception;

  /** The next hint for a step, in words for the learner. */
  String hint(String step) throws Exception;

  /** What {@link #solve} would do, in words and files. */
  String solution(String step) throws Exception;

  /** Solves a step, and says in lines what was done. */
  List<String> solve(String step) throws Exception;

  /** All modules. */
  List<Entry> modules();

  /** Another module of the same course. */
  Lesson open(String name);
}
