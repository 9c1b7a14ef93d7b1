package dev.mlk.practice.node;

import dev.mlk.practice.node.image.Image;
import dev.mlk.practice.node.network.NameTranslation;
import dev.mlk.practice.node.process.LocalProcess;
import dev.mlk.practice.node.process.Program;
import dev.mlk.practice.node.volume.RootFolder;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Starts commands beside a container's own process: same folder, environment and mounts. */
record Beside(NodeRoom room, PodRef pod, ContainerSlot slot, Run run) {
  /**
   * Starts a command.
   *
   * @param input whether it can be written to
   * @param terminal whether it has a terminal
   * @param merged whether its errors go where its output goes
   * @throws IOException with the runtime's sentence when there is no such program
   */
  LocalProcess start(List<String> command, boolean input, boolean terminal, boolean merged)
      throws IOException {
    RootFolder root =
        run.root().orElseThrow(() -> new IOException("a simulated container runs no commands"));
    Image image =
        room.catalog()
            .find(slot.spec().path("image").asString(""))
            .orElseThrow(() -> new IOException("the image is not in the catalogue any more"));
    NameTranslation.Reader reader =
        new NameTranslation.Reader(pod.uid(), pod.namespace(), Set.of(pod.name()));
    CommandLine line =
        new CommandLine(
            image,
            root,
            run.environment(),
            word -> root.translate(room.names().translate(word, reader)),
            port -> room.network().port(pod.uid(), port));
    try {
      Program program =
          new Program(
              line.resolve(command),
              run.environment(),
              run.folder(),
              room.entrance(pod.uid(), root, run.folder(), run.environment()),
              input,
              terminal,
              merged);
      return room.processes().start(program, run.owner() + "exec-" + UUID.randomUUID() + "/");
    } catch (StartException e) {
      throw new IOException(
          "failed to exec in container: failed to start exec: OCI runtime exec failed: exec failed:"
              + " unable to start container process: "
              + e.getMessage().substring(Math.max(0, e.getMessage().indexOf("exec: \""))),
          e);
    }
  }
}
