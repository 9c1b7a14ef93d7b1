package dev.mlk.practice.node.volume;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resources;
import dev.mlk.practice.node.environment.PodFacts;
import dev.mlk.practice.quantity.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The volumes of one pod. */
public final class PodVolumes {
  private final ApiClient api;
  private final VolumePlaces places;
  private final Map<String, Path> paths = new HashMap<>();
  private final Map<String, ProjectedFiles> projected = new HashMap<>();
  private final Set<String> readOnly = new HashSet<>();
  private final Tokens tokens;
  private long version;

  /** Volumes that are still to be set up. */
  public PodVolumes(ApiClient api, VolumePlaces places, InstantSource clock) {
    this.api = api;
    this.places = places;
    this.tokens = new Tokens(clock);
  }

  /** Whether the pod has volumes whose files follow objects of the API. */
  public static boolean followObjects(JsonNode pod) {
    for (JsonNode volume : pod.path("spec").path("volumes")) {
      if (ObjectSources.isProjected(volume)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Sets up all volumes; files made from API objects are brought up to date when they are there
   * already.
   *
   * @param files whether to write files; otherwise only what is referred to is looked for
   * @throws MountException when one cannot be set up
   */
  public void prepare(PodFacts facts, boolean files) throws MountException, IOException {
    for (JsonNode volume : facts.pod().path("spec").path("volumes")) {
      String name = volume.path("name").asString("");
      try {
        prepare(name, volume, facts, files);
      } catch (MountException e) {
        throw new MountException(
            "MountVolume.SetUp failed for volume \"" + name + "\" : " + e.getMessage());
      } catch (ApiException e) {
        throw new MountException(
            "MountVolume.SetUp failed for volume \"" + name + "\" : " + e.getMessage());
      }
    }
  }

  /** The folder (or, in {@code hostPath}, perhaps the file) of a volume. */
  public Path path(String volume) throws MountException {
    Path path = paths.get(volume);
    if (path == null) {
      throw new MountException("no volume named \"" + volume + "\"");
    }
    return path;
  }

  /** Whether the files of a volume follow objects of the API. */
  boolean followsObjects(String volume) {
    return projected.containsKey(volume);
  }

  /**
   * Whether nobody may write into a volume, whatever its mounts say: what is made of objects of the
   * API, and claims and NFS exports that the pod has asked for in this way.
   */
  boolean readOnly(String volume) {
    return readOnly.contains(volume);
  }

  /** What is too large of what the pod writes, in the kubelet's sentence; empty when nothing is. */
  public Optional<String> excess(JsonNode spec) throws IOException {
    for (JsonNode volume : spec.path("volumes")) {
      String limit = volume.path("emptyDir").path("sizeLimit").asString("");
      String name = volume.path("name").asString("");
      if (beyond(limit, places.pod().resolve("volumes").resolve(name))) {
        return Optional.of(
            "Usage of EmptyDir volume \"" + name + "\" exceeds the limit \"" + limit + "\". ");
      }
    }
    for (JsonNode container : spec.path("containers")) {
      String name = container.path("name").asString("");
      String limit =
          container.path("resources").path("limits").path("ephemeral-storage").asString("");
      if (beyond(limit, places.pod().resolve("containers").resolve(name))) {
        return Optional.of(
            "Container "
                + name
                + " exceeded its local ephemeral storage limit \""
                + limit
                + "\". ");
      }
    }
    return Optional.empty();
  }

  private static boolean beyond(String limit, Path folder) throws IOException {
    long bytes = Quantity.parse(limit).map(Quantity::units).orElse(0L);
    return bytes > 0 && Folders.size(folder) > bytes;
  }

  /** Whether what the pod writes is limited at all. */
  public static boolean limited(JsonNode spec) {
    for (JsonNode volume : spec.path("volumes")) {
      if (volume.path("emptyDir").has("sizeLimit")) {
        return true;
      }
    }
    for (JsonNode container : spec.path("containers")) {
      if (container.path("resources").path("limits").has("ephemeral-storage")) {
        return true;
      }
    }
    return false;
  }

  private void prepare(String name, JsonNode volume, PodFacts facts, boolean files)
      throws MountException, IOException {
    String namespace = facts.pod().path("metadata").path("namespace").asString("");
    Path own = places.pod().resolve("volumes").resolve(name);
    if (ObjectSources.isProjected(volume)
        || volume.path("persistentVolumeClaim").path("readOnly").asBoolean(false)
        || volume.path("nfs").path("readOnly").asBoolean(false)) {
      readOnly.add(name);
    }
    if (ObjectSources.isProjected(volume)) {
      if (files || !ObjectSources.isServiceAccountOnly(volume)) {
        ProjectedFiles now = new ObjectSources(api, facts, tokens).read(volume);
        if (files) {
          write(name, own, now);
        }
      }
      paths.put(name, own);
    } else if (volume.has("persistentVolumeClaim")) {
      paths.put(name, claim(volume.path("persistentVolumeClaim"), namespace));
    } else if (volume.has("nfs")) {
      JsonNode nfs = volume.path("nfs");
      paths.put(
          name, made(places.ofNfs(nfs.path("server").asString(""), nfs.path("path").asString(""))));
    } else if (volume.has("hostPath")) {
      JsonNode host = volume.path("hostPath");
      paths.put(
          name,
          HostPath.check(
              places.onHost(host.path("path").asString("")),
              host.path("path").asString(""),
              host.path("type").asString("")));
    } else if (volume.has("ephemeral")) {
      String pod = facts.pod().path("metadata").path("name").asString("");
      paths.put(name, claimNamed(pod + "-" + name, namespace));
    } else if (volume.has("emptyDir") || volume.size() == 1) {
      paths.put(name, files ? made(own) : own);
    } else {
      throw new MountException("the practice cluster has no volumes of this kind");
    }
  }

  private void write(String name, Path folder, ProjectedFiles now) throws IOException {
    ProjectedFiles before = projected.get(name);
    if (before == null || !before.same(now)) {
      if (Files.isSymbolicLink(folder)) {
        Files.delete(folder);
      }
      made(folder);
      do {
        version++;
      } while (Files.exists(folder.resolve("..data_" + version)));
      now.write(folder, version);
      projected.put(name, now);
    }
  }

  private Path claim(JsonNode source, String namespace) throws MountException, IOException {
    return claimNamed(source.path("claimName").asString(""), namespace);
  }

  private Path claimNamed(String name, String namespace) throws MountException, IOException {
    JsonNode claim =
        api.find(Resources.VOLUME_CLAIMS, namespace, name)
            .orElseThrow(
                () -> new MountException("persistentvolumeclaim \"" + name + "\" not found"));
    String volume = claim.path("spec").path("volumeName").asString("");
    if (volume.isEmpty() || !claim.path("status").path("phase").asString("").equals("Bound")) {
      throw new MountException("PersistentVolumeClaim is not bound: \"" + name + "\"");
    }
    JsonNode spec =
        api.find(Resources.VOLUMES, "", volume)
            .orElseThrow(() -> new MountException("persistentvolume \"" + volume + "\" not found"))
            .path("spec");
    if (spec.has("nfs")) {
      return made(
          places.ofNfs(
              spec.path("nfs").path("server").asString(""),
              spec.path("nfs").path("path").asString("")));
    }
    String source = spec.has("local") ? "local" : "hostPath";
    String path = spec.path(source).path("path").asString("");
    if (path.isEmpty()) {
      throw new MountException("the practice cluster has no volumes of this kind");
    }
    return made(places.ofPersistentVolume(path));
  }

  private static Path made(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      Files.createDirectories(folder);
    }
    return folder;
  }
}
