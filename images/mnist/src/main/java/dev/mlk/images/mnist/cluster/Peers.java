package dev.mlk.images.mnist.cluster;

import dev.mlk.images.mnist.exit.ExitCode;
import dev.mlk.images.mnist.exit.Failure;
import dev.mlk.images.mnist.exit.Stop;
import dev.mlk.images.mnist.report.Journal;
import dev.mlk.images.mnist.report.Line;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.Security;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Waits for other processes of the cluster by knocking at their ports. */
public final class Peers {
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int KNOCK_MILLIS = 2000;

  private final Membership membership;
  private final Stop stop;
  private final InstantSource clock;
  private final Journal journal;

  /** The other processes of this one. */
  public Peers(Membership membership, Stop stop, InstantSource clock, Journal journal) {
    this.membership = membership;
    this.stop = stop;
    this.clock = clock;
    this.journal = journal;
    // A name that is not there yet may be there in a moment: do not remember that it was not.
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
  }

  /**
   * Waits for the processes that hold the variables. Returns early when this process is to end.
   *
   * @throws Failure with a code that asks for another try when the time is over
   */
  public void awaitHolders(Duration limit) {
    Instant end = clock.instant().plus(limit);
    Optional<String> said = Optional.empty();
    for (Optional<String> missing = missing(); missing.isPresent(); missing = missing()) {
      if (!missing.equals(said)) {
        journal.say(Line.of("waiting_for", missing.get()));
        said = missing;
      }
      if (clock.instant().isAfter(end)) {
        throw new Failure(
            ExitCode.CLUSTER,
            missing.get() + " did not answer within " + limit.toSeconds() + " seconds");
      }
      if (stop.await(PAUSE)) {
        return;
      }
    }
  }

  private Optional<String> missing() {
    Role holder = membership.holderRole();
    for (Map.Entry<Integer, String> task : membership.of(holder).entrySet()) {
      if (holder != Role.PS && task.getKey() > 0) {
        break;
      }
      if (!answers(task.getValue())) {
        return Optional.of(holder.label() + "-" + task.getKey() + " at " + task.getValue());
      }
    }
    return Optional.empty();
  }

  /**
   * Waits until every worker answers, but no longer than a limit: who comes late to a short
   * training finds nothing left to do.
   */
  public void awaitWorkers(Duration limit) {
    Instant end = clock.instant().plus(limit);
    for (Map.Entry<Integer, String> task : membership.of(Role.WORKER).entrySet()) {
      boolean said = false;
      while (!self(task.getKey()) && !answers(task.getValue())) {
        if (!said) {
          journal.say(
              Line.of("waiting_for", Role.WORKER.label() + "-" + task.getKey())
                  .with("seconds_at_most", Duration.between(clock.instant(), end).toSeconds()));
          said = true;
        }
        if (clock.instant().isAfter(end) || stop.await(PAUSE)) {
          return;
        }
      }
    }
  }

  /**
   * Waits until the workers have ended, but no longer than a limit: they need the variables of this
   * process until then.
   */
  public void awaitWorkersGone(Duration limit) {
    Instant end = clock.instant().plus(limit);
    while (clock.instant().isBefore(end) && workerLeft() && !stop.await(PAUSE)) {
      // Knock again.
    }
  }

  private boolean workerLeft() {
    for (Map.Entry<Integer, String> task : membership.of(Role.WORKER).entrySet()) {
      if (!self(task.getKey()) && answers(task.getValue())) {
        return true;
      }
    }
    return false;
  }

  private boolean self(int worker) {
    return membership.role() == Role.WORKER && membership.index() == worker;
  }

  private static boolean answers(String address) {
    int colon = address.lastIndexOf(':');
    int port = Integer.parseInt(address.substring(colon + 1));
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address.substring(0, colon), port), KNOCK_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
