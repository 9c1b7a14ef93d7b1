package dev.mlk.course.board;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells the board where the learner is, after each verification, if the learner has joined. It
 * never stands in the way: what cannot be written is written next time.
 */
public final class Presence {
  /** Where nothing changes, a sign of life is enough now and then. */
  private static final Duration SIGN_OF_LIFE = Duration.ofMinutes(5);

  private static final System.Logger LOG = System.getLogger(Presence.class.getName());

  private final Membership membership;
  private final ApiClient client;
  private final String namespace;
  private final InstantSource clock;

  /**
   * The presence of the learner whose home this is.
   *
   * @param state the folder of mlk's own state
   * @param namespace the learner's namespace
   */
  public Presence(Path state, ApiClient client, String namespace, InstantSource clock) {
    this.membership = new Membership(state);
    this.client = client;
    this.namespace = namespace;
    this.clock = clock;
  }

  /**
   * How far a learner is.
   *
   * @param module the module at hand
   * @param step the step at hand; empty when the module is complete
   * @param code what is the matter with it; empty for nothing
   * @param hints how many hints were taken there
   * @param passed steps that have passed, in all modules
   * @param steps all steps
   * @param spent time spent in all modules
   */
  public record Standing(
      String module, String step, String code, int hints, int passed, int steps, Duration spent) {}

  /**
   * Tells it, unless the board knows or nobody has joined.
   *
   * @param standing asked for only when somebody has
   */
  public void tell(Supplier<Standing> standing) {
    Optional<Membership.Joined> joined = membership.find();
    if (joined.isEmpty()) {
      return;
    }
    Note note = note(joined.get(), standing.get());
    if (joined.get().note().filter(last -> same(last, note)).isPresent()) {
      return;
    }
    try {
      new Notes(client).write(note);
      membership.keep(new Membership.Joined(note.learner(), Optional.of(note)));
    } catch (ApiException | UncheckedIOException e) {
      LOG.log(System.Logger.Level.DEBUG, "the board was not told", e);
    }
  }

  private Note note(Membership.Joined joined, Standing standing) {
    Instant now = clock.instant();
    Instant since =
        joined
            .note()
            .map(Note::place)
            .filter(last -> last.step().equals(standing.step) && last.code().equals(standing.code))
            .map(Note.Place::since)
            .orElse(now);
    return new Note(
        joined.learner(),
        namespace,
        new Note.Place(standing.module, standing.step, standing.code, since, standing.hints),
        standing.passed,
        standing.steps,
        standing.spent.toMinutes(),
        now);
  }

  private static boolean same(Note last, Note note) {
    return last.place().equals(note.place())
        && last.namespace().equals(note.namespace())
        && last.passed() == note.passed()
        && Duration.between(last.updated(), note.updated()).compareTo(SIGN_OF_LIFE) < 0;
  }
}
