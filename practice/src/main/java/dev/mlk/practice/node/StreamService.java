package dev.mlk.practice.node;

import dev.mlk.practice.kubelet.NodeUsage;
import dev.mlk.practice.kubelet.PodStreams;
import dev.mlk.practice.node.log.ContainerLog;
import dev.mlk.practice.node.process.LocalProcess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Logs, commands and ports of the pods, for the API server. */
final class StreamService implements PodStreams {
  private static final String SIMULATED =
      "(simulated container: no program runs here; arguments --log=TEXT make it log)\n";

  private final PodWorkers workers;
  private final InstantSource clock;
  private final Usages usages;

  StreamService(PodWorkers workers, InstantSource clock, Usages usages) {
    this.workers = workers;
    this.clock = clock;
    this.usages = usages;
  }

  private PodWorker worker(Target target) throws IOException {
    return workers
        .find(target.uid())
        .orElseThrow(() -> new IOException("pod \"" + target.pod() + "\" is not on its node yet"));
  }

  private ContainerSlot slot(Target target) throws IOException {
    return worker(target)
        .containers()
        .find(target.container())
        .orElseThrow(
            () ->
                new IOException(
                    "container " + target.container() + " is not valid for pod " + target.pod()));
  }

  @Override
  public InputStream log(Target target, LogOptions options) throws IOException {
    ContainerSlot slot = slot(target);
    var wanted =
        new dev.mlk.practice.node.log.LogOptions(
            options.follow(),
            options.tailLines(),
            options.since(),
            options.limitBytes(),
            options.timestamps());
    if (options.previous()) {
      Path file = slot.logFile(slot.restarts.get() - 1);
      if (slot.restarts.get() == 0 || (slot.last == null && !Files.exists(file))) {
        throw new IOException(
            "previous terminated container \""
                + target.container()
                + "\" in pod \""
                + target.pod()
                + "\" not found");
      }
      return ContainerLog.ended(file, clock).read(wanted);
    }
    Optional<ContainerLog> live = slot.log;
    if (live.isPresent()) {
      InputStream lines = live.get().read(wanted);
      return silent(slot) ? new SequenceInputStream(hint(), lines) : lines;
    }
    if (slot.begunOnce) {
      return ContainerLog.ended(slot.logFile(slot.restarts.get()), clock).read(wanted);
    }
    throw new IOException(waiting(target, slot));
  }

  /** Whether it is a simulated container that was not told to log anything. */
  private static boolean silent(ContainerSlot slot) {
    return slot.run.filter(run -> run.root().isEmpty()).isPresent()
        && !Files.exists(slot.logFile(slot.restarts.get()));
  }

  private static InputStream hint() {
    return new ByteArrayInputStream(SIMULATED.getBytes(StandardCharsets.UTF_8));
  }

  /** As the kubelet explains why there is no log. */
  private static String waiting(Target target, ContainerSlot slot) {
    String subject = "container \"" + target.container() + "\" in pod \"" + target.pod() + "\" ";
    String reason = slot.state instanceof ContainerState.Waiting waiting ? waiting.reason() : "";
    return subject
        + switch (reason) {
          case "ErrImagePull" -> "is waiting to start: image can't be pulled";
          case "ImagePullBackOff" -> "is waiting to start: trying and failing to pull image";
          case "ErrImageNeverPull" -> "is waiting to start: image not present";
          default -> "is waiting to start: " + reason;
        };
  }

  private Run running(Target target, ContainerSlot slot) throws IOException {
    return slot.run.orElseThrow(
        () ->
            new IOException(
                "container not found (\"" + target.container() + "\"): it is not running"));
  }

  @Override
  public RunningCommand exec(Target target, List<String> command, boolean terminal)
      throws IOException {
    PodWorker worker = worker(target);
    ContainerSlot slot = slot(target);
    Run run = running(target, slot);
    LocalProcess process = worker.beside(slot, run).start(command, true, terminal, terminal);
    return new ExecutedCommand(process);
  }

  @Override
  public RunningCommand attach(Target target, boolean terminal) throws IOException {
    ContainerSlot slot = slot(target);
    if (running(target, slot).workload() instanceof ProcessWorkload workload) {
      return AttachedCommand.to(workload, slot.spec());
    }
    throw new IOException("a simulated container has nothing to attach to");
  }

  @Override
  public Socket connect(Target target, int port) throws IOException {
    return worker(target).connect(port);
  }

  @Override
  public NodeUsage usage() {
    return usages.now();
  }
}
