package dev.mlk.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Where a replica writes its event files, as its pod template says.
 *
 * @param volume the pod's volume; a missing node when the folder is in no volume
 * @param inside the folder inside the volume, or its whole path where there is none
 * @param shown the folder as the container sees it, or a URL
 * @param replicaType the replica type, as the job writes it
 * @param told whether the job names the folder; otherwise the whole volume is looked through
 */
public record LogPlace(
    JsonNode volume, String inside, String shown, String replicaType, boolean told) {
  /** Arguments and variables that name the log folder: the clear ones first. */
  private static final List<Pattern> NAMES =
      List.of(
          Pattern.compile(
              "(?i)(?:--?|\\b)(?:tf[-_]|tensorboard[-_])?(?:log|logs|summary|summaries|event|events"
                  + "|tensorboard)[-_]?dir(?:ectory)?[= ]\\s*[\"']?([^\\s\"']+)"),
          Pattern.compile(
              "(?i)(?:--?|\\b)(?:model|train|output|job|checkpoint)[-_]?dir[= ]"
                  + "\\s*[\"']?([^\\s\"']+)"));

  private static final List<String> WRITABLE =
      List.of("persistentVolumeClaim", "emptyDir", "hostPath", "nfs", "ephemeral");

  /** All places of a job, the same one once. */
  public static List<LogPlace> of(JsonNode job) {
    List<LogPlace> places = new ArrayList<>();
    job.path("spec")
        .path("tfReplicaSpecs")
        .properties()
        .forEach(
            type -> {
              JsonNode pod = type.getValue().path("template").path("spec");
              for (LogPlace place : of(pod, type.getKey())) {
                if (place.ownToPod() || places.stream().noneMatch(place::same)) {
                  places.add(place);
                }
              }
            });
    return places;
  }

  /** Whether every pod has a folder of its own there. */
  public boolean ownToPod() {
    return volume.isMissingNode() || volume.has("emptyDir") || volume.has("ephemeral");
  }

  private boolean same(LogPlace other) {
    return volume.equals(other.volume) && inside.equals(other.inside);
  }

  /** Whether it is in an object store, which a container reaches by itself. */
  public boolean remote() {
    return shown.contains("://");
  }

  private static List<LogPlace> of(JsonNode pod, String type) {
    JsonNode container = container(pod);
    String folder = named(container);
    if (folder.contains("://")) {
      return List.of(new LogPlace(MissingNode.getInstance(), folder, folder, type, true));
    }
    if (folder.startsWith("/")) {
      return List.of(mounted(pod, container, folder, type));
    }
    List<LogPlace> all = new ArrayList<>();
    for (JsonNode mount : container.path("volumeMounts")) {
      JsonNode volume = volume(pod, mount);
      if (WRITABLE.stream().anyMatch(volume::has)) {
        String path = mount.path("mountPath").asString("");
        all.add(
            new LogPlace(volume, mount.path("subPath").asString(""), trimmed(path), type, false));
      }
    }
    return all;
  }

  static JsonNode container(JsonNode pod) {
    for (JsonNode container : pod.path("containers")) {
      if (container.path("name").asString("").equals("tensorflow")) {
        return container;
      }
    }
    return pod.path("containers").path(0);
  }

  /** The folder that the container's arguments or environment name; empty for none. */
  private static String named(JsonNode container) {
    StringBuilder words = new StringBuilder();
    for (String list : List.of("command", "args")) {
      container.path(list).forEach(word -> words.append(word.asString("")).append(' '));
    }
    Map<String, String> environment = new LinkedHashMap<>();
    for (JsonNode variable : container.path("env")) {
      String name = variable.path("name").asString("");
      String value = variable.path("value").asString("");
      environment.put(name, value);
      words.append(name).append('=').append(value).append(' ');
    }
    String text = words.toString();
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      text = text.replace("$(" + variable.getKey() + ")", variable.getValue());
    }
    for (Pattern pattern : NAMES) {
      Matcher matcher = pattern.matcher(text);
      if (matcher.find()) {
        return trimmed(matcher.group(1));
      }
    }
    return "";
  }

  private static LogPlace mounted(JsonNode pod, JsonNode container, String folder, String type) {
    JsonNode best = MissingNode.getInstance();
    int longest = -1;
    for (JsonNode mount : container.path("volumeMounts")) {
      String path = trimmed(mount.path("mountPath").asString(""));
      if ((folder.equals(path) || folder.startsWith(path + "/")) && path.length() > longest) {
        best = mount;
        longest = path.length();
      }
    }
    if (best.isMissingNode()) {
      return new LogPlace(best, folder, folder, type, true);
    }
    String below = folder.substring(longest).replaceFirst("^/", "");
    String sub = trimmed(best.path("subPath").asString(""));
    String inside = sub.isEmpty() || below.isEmpty() ? sub + below : sub + "/" + below;
    return new LogPlace(volume(pod, best), inside, folder, type, true);
  }

  private static JsonNode volume(JsonNode pod, JsonNode mount) {
    for (JsonNode volume : pod.path("volumes")) {
      if (volume.path("name").asString("").equals(mount.path("name").asString("-"))) {
        return volume;
      }
    }
    return MissingNode.getInstance();
  }

  private static String trimmed(String path) {
    return path.length() > 1 ? path.replaceAll("/+$", "") : path;
  }
}
