package dev.mlk.practice.node;

import dev.mlk.kube.Informer;
import dev.mlk.practice.node.volume.Folders;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.node.ObjectNode;

/** The workers of all pods on the agent's nodes. */
final class PodWorkers {
  private static final System.Logger LOG = System.getLogger(PodWorkers.class.getName());

  private final Map<String, NodeRoom> rooms;
  private final Map<String, PodWorker> byUid = new ConcurrentHashMap<>();

  PodWorkers(Map<String, NodeRoom> rooms) {
    this.rooms = rooms;
  }

  void follow(Informer pods) {
    pods.onChange(
        (change, before, now) -> {
          PodRef pod = PodRef.of(now);
          // A successor of the same name may come without word of its predecessor's end.
          if (before != null && !PodRef.of(before).uid().equals(pod.uid())) {
            remove(PodRef.of(before).uid());
          }
          if (change == Informer.Change.DELETED) {
            remove(pod.uid());
          } else if (rooms.containsKey(pod.node())) {
            changed(pod, now);
          }
        });
  }

  private void changed(PodRef pod, ObjectNode now) {
    byUid
        .computeIfAbsent(
            pod.uid(),
            _ -> new PodWorker(rooms.get(pod.node()), now, gone -> byUid.remove(gone.pod().uid())))
        .update(now);
  }

  private void remove(String uid) {
    PodWorker worker = byUid.get(uid);
    if (worker != null) {
      worker.remove();
    }
  }

  Collection<PodWorker> all() {
    return byUid.values();
  }

  Optional<PodWorker> find(String uid) {
    return Optional.ofNullable(byUid.get(uid));
  }

  /** Removes what is left on disk of pods that the API does not know any more. */
  void removeVanished(NodeConfig config, Informer pods) {
    Set<String> known = new HashSet<>();
    pods.all().forEach(pod -> known.add(PodRef.of(pod).uid()));
    for (String node : rooms.keySet()) {
      Path folder = config.node(node).resolve("pods");
      if (!Files.isDirectory(folder)) {
        continue;
      }
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        for (Path entry : entries) {
          if (!known.contains(entry.getFileName().toString())) {
            Folders.delete(entry);
          }
        }
      } catch (IOException e) {
        LOG.log(System.Logger.Level.WARNING, "folders of vanished pods stay", e);
      }
    }
  }

  /** Stops to look after the pods and asks all of their containers to end, for so long. */
  void shutdown(Duration time) {
    byUid.values().forEach(PodWorker::close);
    List<CompletableFuture<?>> ends = new ArrayList<>();
    for (PodWorker worker : byUid.values()) {
      for (ContainerSlot slot : worker.containers().running()) {
        slot.run.ifPresent(
            run -> {
              ends.add(run.workload().exit());
              run.workload().terminate();
            });
      }
    }
    try {
      CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
          .get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.log(System.Logger.Level.DEBUG, "some containers are killed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
