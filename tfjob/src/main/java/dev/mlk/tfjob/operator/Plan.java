package dev.mlk.tfjob.operator;

import dev.mlk.tfjob.api.TfJobStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What to do about a job. The status is written first: an operator that dies halfway has then
 * already said what it decided, and a stale view of the job is noticed before anything is done.
 *
 * @param status the status to write; empty: it is as it should be
 * @param notes events
 * @param actions changes, in order
 * @param again when to look again though nothing happens
 */
record Plan(
    Optional<TfJobStatus> status,
    List<Note> notes,
    List<Action> actions,
    Optional<Duration> again) {
  static final Plan NOTHING = new Plan(Optional.empty(), List.of(), List.of(), Optional.empty());

  Plan {
    notes = List.copyOf(notes);
    actions = List.copyOf(actions);
  }
}
