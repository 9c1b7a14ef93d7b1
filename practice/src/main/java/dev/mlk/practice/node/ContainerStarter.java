package dev.mlk.practice.node;

import dev.mlk.practice.node.environment.ConfigurationException;
import dev.mlk.practice.node.environment.ContainerEnvironment;
import dev.mlk.practice.node.environment.Expansion;
import dev.mlk.practice.node.environment.PodFacts;
import dev.mlk.practice.node.image.Image;
import dev.mlk.practice.node.log.ContainerLog;
import dev.mlk.practice.node.network.NameTranslation;
import dev.mlk.practice.node.process.LocalProcess;
import dev.mlk.practice.node.process.Program;
import dev.mlk.practice.node.volume.Folders;
import dev.mlk.practice.node.volume.MountException;
import dev.mlk.practice.node.volume.PodVolumes;
import dev.mlk.practice.node.volume.RootFolder;
import dev.mlk.practice.quantity.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** Starts containers of one pod. */
final class ContainerStarter {
  private final NodeRoom room;
  private final PodRef pod;
  private final ImagePuller puller;

  ContainerStarter(NodeRoom room, PodRef pod) {
    this.room = room;
    this.pod = pod;
    this.puller = new ImagePuller(room);
  }

  /**
   * Starts a container anew.
   *
   * @param names the pod's own names, for translation
   * @throws StartException when it does not get to run, with the reason that its status shows
   */
  Run start(ContainerSlot slot, PodFacts facts, PodVolumes volumes, Set<String> names)
      throws StartException {
    Image image = puller.pull(pod, slot, facts.pod().path("spec"));
    slot.imageId = image.id();
    try {
      Variables variables = variables(slot, facts, image);
      Folders.delete(slot.logFile(slot.restarts.get() - 2));
      ContainerLog log =
          ContainerLog.begin(
              slot.logFile(slot.restarts.get()), room.ticker(), room.config().logs());
      slot.log = Optional.of(log);
      return image.simulated()
          ? simulated(slot, image, variables, log)
          : process(slot, image, variables, volumes, names);
    } catch (ConfigurationException | MountException e) {
      throw new StartException("CreateContainerConfigError", e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new StartException("CreateContainerConfigError", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new StartException("StartError", "failed to start container: " + e.getMessage());
    }
  }

  /**
   * A container's variables.
   *
   * @param all with those of the image and of the runtime
   * @param referable those that {@code $(NAME)} may refer to
   */
  private record Variables(Map<String, String> all, Map<String, String> referable) {
    List<String> words(JsonNode container, Image image) {
      return CommandLine.words(container, image).stream()
          .map(word -> Expansion.expand(word, referable))
          .toList();
    }
  }

  private Variables variables(ContainerSlot slot, PodFacts facts, Image image)
      throws ConfigurationException, StartException {
    Map<String, String> given = new LinkedHashMap<>();
    given.put("PATH", room.config().path());
    given.put("HOSTNAME", facts.pod().path("spec").path("hostname").asString(pod.name()));
    boolean links = facts.pod().path("spec").path("enableServiceLinks").asBoolean(true);
    given.putAll(image.environment());
    List<String> devices = devices(slot, facts.pod());
    if (!devices.isEmpty()) {
      given.put("NVIDIA_VISIBLE_DEVICES", String.join(",", devices));
    }
    Map<String, String> own =
        new ContainerEnvironment(room.api())
            .of(slot.spec(), facts, room.services().variables(pod.namespace(), links));
    given.putAll(own);
    return new Variables(given, own);
  }

  /** The simulated GPUs that a container asks for, and those that its claims hold. */
  private List<String> devices(ContainerSlot slot, JsonNode pod) throws StartException {
    JsonNode resources = slot.spec().path("resources");
    String gpus = resources.path("limits").path(Gpus.RESOURCE).asString("");
    int count =
        gpus.isEmpty() ? 0 : (int) Quantity.parse(gpus).map(Quantity::units).orElse(0L).longValue();
    List<String> devices = new ArrayList<>();
    if (count > 0) {
      devices.addAll(room.devices().take(this.pod.uid() + "/" + slot.name(), count));
      if (devices.isEmpty()) {
        throw new StartException(
            "CreateContainerError", "not enough simulated GPUs are free on " + this.pod.node());
      }
    }
    if (!resources.path("claims").isEmpty()) {
      devices.addAll(new ClaimedDevices(room.api()).of(pod, slot.spec()));
    }
    return devices;
  }

  private Run simulated(ContainerSlot slot, Image image, Variables variables, ContainerLog log)
      throws IOException {
    Workload workload =
        SimulatedWorkload.start(
            variables.words(slot.spec(), image), variables.all(), log, room.ticker());
    return new Run(
        workload, Optional.empty(), slot.root(), variables.all(), "", memoryLimit(slot.spec()));
  }

  private Run process(
      ContainerSlot slot, Image image, Variables variables, PodVolumes volumes, Set<String> names)
      throws StartException, MountException, IOException {
    Folders.delete(slot.root());
    RootFolder root =
        RootFolder.make(
            slot.root(),
            slot.spec(),
            volumes,
            image.files(),
            text -> Expansion.expand(text, variables.referable()));
    NameTranslation.Reader reader = new NameTranslation.Reader(pod.uid(), pod.namespace(), names);
    UnaryOperator<String> translate = text -> root.translate(room.names().translate(text, reader));
    Map<String, String> translated = new LinkedHashMap<>();
    variables
        .all()
        .forEach(
            (name, value) ->
                translated.put(name, name.equals("PATH") ? value : translate.apply(value)));
    translated.putIfAbsent("HOME", root.local("/root").toString());
    translated.putIfAbsent("TMPDIR", root.local("/tmp").toString());
    for (JsonNode port : slot.spec().path("ports")) {
      int number = port.path("containerPort").asInt(0);
      translated.put("MLK_PORT_" + number, Integer.toString(port(number)));
    }
    List<String> command =
        new CommandLine(image, root, translated, translate, this::port)
            .resolve(variables.words(slot.spec(), image));
    Path folder = folder(slot.spec(), root);
    Program program =
        new Program(
            command,
            translated,
            folder,
            room.entrance(pod.uid(), root, folder, translated),
            slot.spec().path("stdin").asBoolean(false),
            slot.spec().path("tty").asBoolean(false),
            true);
    String owner = pod.uid() + "/" + slot.name() + "/" + slot.restarts.get() + "/";
    LocalProcess process = room.processes().start(program, owner);
    ProcessWorkload workload =
        new ProcessWorkload(process, slot.log.orElseThrow(), pod + "/" + slot.name());
    return new Run(
        workload, Optional.of(root), folder, translated, owner, memoryLimit(slot.spec()));
  }

  private int port(int containerPort) {
    return room.network().port(pod.uid(), containerPort);
  }

  private static Path folder(JsonNode container, RootFolder root)
      throws IOException, MountException {
    String wanted = container.path("workingDir").asString("");
    if (wanted.isEmpty()) {
      return root.path();
    }
    Path folder = root.checked(wanted);
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
    }
    return folder;
  }

  private static long memoryLimit(JsonNode container) {
    String limit = container.path("resources").path("limits").path("memory").asString("");
    return Quantity.parse(limit).map(Quantity::units).orElse(0L);
  }
}
