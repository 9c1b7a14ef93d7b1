package dev.mlk.job;

import dev.mlk.console.Invocation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How far a job is, in one line that is drawn anew on a terminal and now and then written out
 * elsewhere.
 */
final class ProgressLine implements AutoCloseable {
  private static final Duration STEADY = Duration.ofSeconds(15);
  private final Invocation invocation;
  private final JobWatch watch;
  private final String leader;
  private final AtomicReference<String> progress = new AtomicReference<>("");
  private String shown = "";
  private Instant lastLine = Instant.MIN;
  private boolean drawn;

  ProgressLine(Invocation invocation, JobWatch watch, Job job) {
    this.invocation = invocation;
    this.watch = watch;
    List<Job.Wanted> wanted = job.wanted();
    this.leader =
        wanted.isEmpty() ? "" : wanted.getFirst().type().toLowerCase(java.util.Locale.ROOT) + "-0";
  }

  /** Whether this replica tells how far the job is: the chief, or the first worker. */
  boolean leads(Replica replica) {
    return replica.name().equals(leader);
  }

  /** Takes a line of its log. */
  void take(Replica replica, String line) {
    // A line that tells of a checkpoint has a step too; what the loss was is still worth showing.
    Progress.parse(line)
        .filter(step -> step.values().containsKey("loss"))
        .ifPresent(step -> progress.set(step.text()));
  }

  /** Shows the state of things, if it is time to. */
  void show() {
    Optional<Job> job = watch.job();
    if (job.isEmpty() || invocation.options().switches().quiet()) {
      return;
    }
    long running =
        watch.replicas().stream().filter(replica -> replica.phase().equals("Running")).count();
    String state =
        job.get().name()
            + "  "
            + job.get().state().text()
            + "  "
            + running
            + "/"
            + job.get().replicas()
            + " running";
    String text = progress.get().isEmpty() ? state : state + "  " + progress.get();
    if (invocation.console().terminals().err()) {
      String cut =
          text.length() < invocation.console().width()
              ? text
              : text.substring(0, invocation.console().width() - 1);
      invocation.console().err().print("\r\u001B[K" + cut);
      invocation.console().err().flush();
      drawn = true;
      return;
    }
    Instant now = invocation.clock().instant();
    if (!state.equals(shown) || lastLine.plus(STEADY).isBefore(now)) {
      shown = state;
      lastLine = now;
      invocation.console().tell(text);
    }
  }

  @Override
  public void close() {
    if (drawn) {
      invocation.console().err().print("\r\u001B[K");
      invocation.console().err().flush();
    }
  }
}
