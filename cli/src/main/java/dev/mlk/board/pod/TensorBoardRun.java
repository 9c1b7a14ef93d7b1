package dev.mlk.board.pod;

import dev.mlk.connect.Connection;
import dev.mlk.format.Json;
import dev.mlk.job.Replica;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resources;
import dev.mlk.metrics.JobLogs;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.IOException;
import java.net.BindException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * TensorBoard in a pod of the cluster where the logs are, and a port of this machine that leads to
 * it. It is taken away at the end, on Ctrl-C, by the next run when this process was killed, and by
 * its deadline when nobody comes back.
 */
public final class TensorBoardRun implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int ANSWER_MILLIS = 5000;
  private static final Set<String> NO_IMAGE =
      Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull");

  private final ApiClient client;
  private final String namespace;
  private final String run;
  private final String job;
  private final Thread hook = new Thread(this::remove, "tensorboard-removal");
  private PortForward forward;

  private TensorBoardRun(Connection connection, String run, String job) {
    this.client = connection.client();
    this.namespace = connection.namespace();
    this.run = run;
    this.job = job;
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
   * Starts it and waits until it answers.
   *
   * @param progress is told in words what is waited for
   * @throws Problem when it cannot run here
   */
  public static TensorBoardRun start(
      Connection connection, Wanted wanted, Consumer<String> progress) throws IOException {
    removeLeft(connection, progress);
    StartedBy by = StartedBy.self();
    String id = Long.toString(by.since(), Character.MAX_RADIX) + "-" + by.pid();
    ObjectNode job =
        TensorBoardJob.of(
            new TensorBoardJob.Wanted(
                wanted.image, wanted.logs, id, ClaimNode.of(connection, wanted.logs)),
            by);
    String name;
    try {
      name =
          connection
              .client()
              .create(Resources.JOBS, connection.namespace(), job)
              .at("/metadata/name")
              .asString("");
    } catch (ApiException e) {
      throw refused(e);
    }
    TensorBoardRun run = new TensorBoardRun(connection, id, name);
    Runtime.getRuntime().addShutdownHook(run.hook);
    try {
      run.begin(wanted, progress);
      return run;
    } catch (IOException | RuntimeException e) {
      run.close();
      throw e;
    }
  }

  private static Problem refused(ApiException e) {
    Explanation what =
        Explanation.of("TensorBoard's pod cannot be created").because(e.getMessage());
    return e.code() == 403
        ? new Problem.NotAllowed(what.next("kubectl auth can-i create jobs.batch"))
        : new Problem.Failed(what.next("mlk cluster check --only limits,rights"));
  }

  /** What runs of this machine left behind that were killed. */
  static void removeLeft(Connection connection, Consumer<String> progress) {
    JsonNode jobs;
    try {
      jobs =
          connection
              .client()
              .list(
                  Resources.JOBS,
                  connection.namespace(),
                  Map.of("labelSelector", TensorBoardJob.LABEL))
              .path("items");
    } catch (ApiException e) {
      return; // who may not list them cannot remove them either
    }
    for (JsonNode one : jobs) {
      JsonNode metadata = one.path("metadata");
      String by = metadata.path("annotations").path(TensorBoardJob.STARTED_BY).asString("");
      if (StartedBy.parse(by).map(StartedBy::isGone).orElse(false)) {
        String name = metadata.path("name").asString("");
        delete(connection.client(), connection.namespace(), name);
        progress.accept("Removed " + name + ", which a killed run of mlk had left.");
      }
    }
  }

  private void begin(Wanted wanted, Consumer<String> progress) throws IOException {
    long deadline = System.nanoTime() + wanted.patience.toNanos();
    String told = "";
    while (pod().isEmpty()) {
      String what = waitsFor(wanted.image);
      if (!what.equals(told)) {
        progress.accept(what);
        told = what;
      }
      rest(deadline, "TensorBoard's pod does not run after ", wanted.patience, what);
    }
    try {
      forward =
          PortForward.start(
              client, namespace, this::pod, TensorBoardJob.PORT, wanted.usualPort, wanted.port);
    } catch (BindException e) {
      throw new Problem.Conflict(
          Explanation.of("port " + wanted.port + " of this machine is taken")
              .because(String.valueOf(e.getMessage()))
              .next("mlk tensorboard without --port, which finds a free one"));
    }
    while (!answers()) {
      waitsFor(wanted.image);
      rest(deadline, "TensorBoard does not answer after ", wanted.patience, "");
    }
  }

  private static void rest(long deadline, String what, Duration patience, String why) {
    if (System.nanoTime() > deadline) {
      throw new Problem.TimedOut(
          Explanation.of(what + patience.toSeconds() + " s")
              .because(why)
              .next("the same command with a longer --timeout"));
    }
    LockSupport.parkNanos(PAUSE.toNanos());
  }

  private Iterable<JsonNode> pods() {
    return client
        .list(Resources.PODS, namespace, Map.of("labelSelector", TensorBoardJob.LABEL + "=" + run))
        .path("items");
  }

  /** The pod that runs at the moment. */
  private Optional<String> pod() {
    for (JsonNode one : pods()) {
      Replica pod = new Replica(one);
      if (pod.phase().equals("Running") && !pod.terminating()) {
        return Optional.of(pod.podName());
      }
    }
    return Optional.empty();
  }

  /** What it waits for, in words. */
  private String waitsFor(String image) {
    String what = "Waiting for TensorBoard's pod ...";
    for (JsonNode one : pods()) {
      Replica pod = new Replica(one);
      JsonNode waiting = pod.waiting();
      String reason = waiting.path("reason").asString("");
      String message = waiting.path("message").asString("");
      if (NO_IMAGE.contains(reason)) {
        throw new Problem.ImagePull(
            Explanation.of("the image " + image + " cannot be pulled")
                .because(reason + (message.isEmpty() ? "" : ": " + message))
                .next("mlk tensorboard --image IMAGE, one with the program tensorboard"));
      }
      if (reason.equals("CrashLoopBackOff") || reason.equals("RunContainerError")) {
        throw new Problem.Failed(
            Explanation.of("TensorBoard does not start in " + image)
                .because(message)
                .next("mlk tensorboard --image IMAGE, one with the program tensorboard"));
      }
      String scheduled = pod.condition("PodScheduled").path("message").asString("");
      if (!scheduled.isEmpty() && pod.node().isEmpty()) {
        what = "TensorBoard's pod waits: " + scheduled;
      } else if (!pod.node().isEmpty()) {
        what =
            "TensorBoard's pod is on "
                + pod.node()
                + ": "
                + (reason.isEmpty() ? "starting" : reason);
      }
    }
    return what;
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

  private static void delete(ApiClient client, String namespace, String name) {
    try {
      client.delete(
          Resources.JOBS, namespace, name, Json.object().put("propagationPolicy", "Background"));
    } catch (ApiException e) {
      if (!e.notFound()) {
        throw e;
      }
    }
  }

  private void remove() {
    delete(client, namespace, job);
  }

  @Override
  public void close() throws IOException {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // on its way out: the hook does it
    }
    if (forward != null) {
      forward.close();
    }
    remove();
  }
}
