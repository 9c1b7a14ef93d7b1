package dev.mlk.board.pod;

import dev.mlk.connect.Connection;
import dev.mlk.kube.ApiException;
import dev.mlk.metrics.JobLogs;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.IOException;
import java.net.BindException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * TensorBoard in a pod of the cluster where the logs are, and a port of this machine that leads to
 * it. Who asks for the same logs meanwhile gets the same pod. It is taken away when the last one
 * leaves, by the next run when that one was killed, and by its deadline when nobody comes back.
 */
public final class TensorBoardRun implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(300);
  private static final int ANSWER_MILLIS = 5000;

  private final BoardJobs jobs;
  private final String job;
  private final BoardPod pod;
  private final PortForward forward;
  private final Thread hook;

  private TensorBoardRun(
      Connection connection, BoardJobs jobs, ObjectNode job, ServerSocket listener) {
    this.jobs = jobs;
    this.job = job.at("/metadata/name").asString("");
    this.pod = new BoardPod(connection.client(), connection.namespace(), job);
    this.forward =
        PortForward.start(
            connection.client(),
            connection.namespace(),
            pod::running,
            TensorBoardJob.PORT,
            listener);
    this.hook = new Thread(this::leave, "tensorboard-removal");
  }

  /**
   * What is wanted.
   *
   * @param image an image with the program tensorboard
   * @param logs where the files are; all of them shared
   * @param usualPort the port of this machine that is tried first
   * @param port the port of this machine; 0 for the usual one or any
   * @param patience how long pod and program may take to begin
   */
  public record Wanted(
      String image, List<JobLogs> logs, int usualPort, int port, Duration patience) {}

  /**
   * Starts it, or joins those who look at the same logs, and waits until it answers.
   *
   * @param progress is told in words what is waited for
   * @throws Problem when it cannot run here
   */
  public static TensorBoardRun start(
      Connection connection, Wanted wanted, Consumer<String> progress) throws IOException {
    ServerSocket listener = listen(wanted);
    TensorBoardRun run;
    try {
      BoardJobs jobs = new BoardJobs(connection.client(), connection.namespace(), StartedBy.self());
      jobs.removeLeft(progress);
      BoardJobs.Joined joined = jobs.join(job(connection, wanted));
      run = new TensorBoardRun(connection, jobs, joined.job(), listener);
      Runtime.getRuntime().addShutdownHook(run.hook);
      if (!joined.created()) {
        progress.accept("TensorBoard runs for these logs already, as " + run.job + ".");
      }
    } catch (ApiException e) {
      listener.close();
      throw refused(e);
    } catch (RuntimeException e) {
      listener.close();
      throw e;
    }
    try {
      run.begin(wanted, progress);
      return run;
    } catch (IOException | RuntimeException e) {
      run.close();
      throw e;
    }
  }

  private static ServerSocket listen(Wanted wanted) throws IOException {
    try {
      return PortForward.listen(wanted.usualPort, wanted.port);
    } catch (BindException e) {
      throw new Problem.Conflict(
          Explanation.of("port " + wanted.port + " of this machine is taken")
              .because(String.valueOf(e.getMessage()))
              .next("mlk tensorboard without --port, which finds a free one"));
    }
  }

  private static ObjectNode job(Connection connection, Wanted wanted) {
    return TensorBoardJob.of(wanted.image, wanted.logs, ClaimNode.of(connection, wanted.logs));
  }

  private static Problem refused(ApiException e) {
    Explanation what =
        Explanation.of("TensorBoard's pod cannot be created").because(e.getMessage());
    return e.code() == 403
        ? new Problem.NotAllowed(what.next("kubectl auth can-i create jobs.batch"))
        : new Problem.Failed(what.next("mlk cluster check --only limits,rights"));
  }

  private void begin(Wanted wanted, Consumer<String> progress) throws IOException {
    long deadline = System.nanoTime() + wanted.patience.toNanos();
    String told = "";
    while (pod.running().isEmpty() || !answers()) {
      String what = pod.waitsFor(wanted.image);
      if (!what.equals(told)) {
        progress.accept(what);
        told = what;
      }
      if (System.nanoTime() > deadline) {
        throw new Problem.TimedOut(
            Explanation.of("TensorBoard is not there after " + wanted.patience.toSeconds() + " s")
                .because(what)
                .next("kubectl describe pods -l " + pod.selector() + "   (while mlk waits)"));
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** Whether TensorBoard itself is there, behind the port. */
  private boolean answers() throws IOException {
    HttpURLConnection request =
        (HttpURLConnection) address().resolve("data/environment").toURL().openConnection();
    request.setConnectTimeout(ANSWER_MILLIS);
    request.setReadTimeout(ANSWER_MILLIS);
    try {
      return request.getResponseCode() == 200;
    } catch (IOException e) {
      return false;
    } finally {
      request.disconnect();
    }
  }

  /** The page's address on this machine. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + forward.port() + "/");
  }

  private void leave() {
    jobs.leave(job);
  }

  @Override
  public void close() throws IOException {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // on its way out: the hook does it
    }
    forward.close();
    leave();
  }
}
